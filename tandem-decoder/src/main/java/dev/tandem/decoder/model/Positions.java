package dev.tandem.decoder.model;

import dev.tandem.decoder.torch.Placement;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Where the positions of a pass stand and what each may look at: rotary tables and additive masks, for the layers that see
 * everything and for those that see a window. Its tensors belong to the PointerScope in which it was made.
 *
 * @param full for layers that see everything
 * @param sliding for layers that see a window
 */
public record Positions(View full, View sliding) {
    /**
     * What one kind of layer needs; {@code rows} is 1 where all rows are alike.
     *
     * @param cosines {@code [rows, 1, positions, head size]}
     * @param sines as the cosines; negative in the first half, whose dimensions lose what the second half's gain
     * @param mask {@code [rows, 1, positions, keys]}: 0 where a position may look, minus infinity where not; none where
     *     every position may look at every key
     */
    public record View(Tensor cosines, Tensor sines, Optional<Tensor> mask) {}

    /** How the rows of a pass are laid out in slots; a position's own slot is {@code keys - positions + position}. */
    private interface Layout {
        /** The position that is rotated in. */
        int place(int row, int position);

        /** Whether a position may look at the key in a slot that is not behind its own. */
        boolean sees(int row, int position, int slot);
    }

    /** Rows that each are one text from its beginning. */
    public static Positions causal(DecoderConfig config, Placement placement, int positions) {
        return continued(config, placement, new int[] {0}, 0, positions);
    }

    /**
     * Rows of several texts one behind the other, none of which sees another.
     *
     * @param lengths each row's texts' lengths; what is left of {@code positions} is padding
     */
    public static Positions packed(DecoderConfig config, Placement placement, List<int[]> lengths, int positions) {
        var text = new int[lengths.size()][positions];
        var place = new int[lengths.size()][positions];
        for (int row = 0; row < lengths.size(); row++) {
            int at = 0;
            for (int i = 0; i < lengths.get(row).length; i++) {
                for (int j = 0; j < lengths.get(row)[i]; j++, at++) {
                    text[row][at] = i;
                    place[row][at] = j;
                }
            }
            for (int j = 0; at < positions; j++, at++) {
                text[row][at] = -1;
                place[row][at] = j;
            }
        }
        return of(config, placement, lengths.size(), positions, positions, new Layout() {
            @Override
            public int place(int row, int position) {
                return place[row][position];
            }

            @Override
            public boolean sees(int row, int position, int slot) {
                return text[row][position] == text[row][slot];
            }
        });
    }

    /**
     * Rows that go on from a cache, each padded on the left.
     *
     * @param padding slots at each row's beginning that hold nothing; a single number where all rows are alike
     * @param past slots that are in the cache already
     * @param positions new positions of each row
     */
    public static Positions continued(
            DecoderConfig config, Placement placement, int[] padding, int past, int positions) {
        return of(config, placement, padding.length, positions, past + positions, new Layout() {
            @Override
            public int place(int row, int position) {
                return Math.max(0, past + position - padding[row]);
            }

            @Override
            public boolean sees(int row, int position, int slot) {
                // Padding looks at itself, since a softmax over nothing is not a number.
                return slot >= padding[row] || slot == past + position;
            }
        });
    }

    private static Positions of(
            DecoderConfig config, Placement placement, int rows, int positions, int keys, Layout layout) {
        var full = view(config, placement, config.rope(), Integer.MAX_VALUE, rows, positions, keys, layout);
        return new Positions(
                full,
                config.window().isEmpty()
                        ? full
                        : view(
                                config,
                                placement,
                                config.slidingRope(),
                                config.window().getAsInt(),
                                rows,
                                positions,
                                keys,
                                layout));
    }

    private static View view(
            DecoderConfig config,
            Placement placement,
            Rope rope,
            int window,
            int rows,
            int positions,
            int keys,
            Layout layout) {
        var frequencies = rope.frequencies(config.headSize());
        int half = frequencies.length;
        var cosines = new float[rows * positions * 2 * half];
        var sines = new float[cosines.length];
        var mask = new float[rows * positions * keys];
        boolean hides = false;
        for (int row = 0, at = 0, cell = 0; row < rows; row++) {
            for (int position = 0; position < positions; position++, at += 2 * half) {
                int place = layout.place(row, position);
                for (int i = 0; i < half; i++) {
                    // In float, as the reference does: beyond a few thousand positions the rounding is part of the
                    // model.
                    float angle = (float) place * (float) frequencies[i];
                    cosines[at + i] = cosines[at + half + i] = (float) Math.cos(angle);
                    sines[at + half + i] = (float) Math.sin(angle);
                    sines[at + i] = -sines[at + half + i];
                }
                int own = keys - positions + position;
                for (int slot = 0; slot < keys; slot++, cell++) {
                    if (slot > own || own - slot >= window || !layout.sees(row, position, slot)) {
                        mask[cell] = Float.NEGATIVE_INFINITY;
                        hides = true;
                    }
                }
            }
        }
        return new View(
                tensor(placement, cosines, rows, 1, positions, 2L * half),
                tensor(placement, sines, rows, 1, positions, 2L * half),
                hides ? Optional.of(tensor(placement, mask, rows, 1, positions, keys)) : Optional.empty());
    }

    private static Tensor tensor(Placement placement, float[] numbers, long... shape) {
        return Tensor.create(numbers, shape)
                .to(
                        new org.bytedeco.pytorch.Device(placement.deviceType()),
                        placement.precision().type());
    }
}
