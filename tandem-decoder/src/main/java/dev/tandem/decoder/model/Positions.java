package dev.tandem.decoder.model;

import dev.tandem.decoder.torch.Placement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

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

    /**
     * How the rows of a pass are laid out in slots, of which the last are the pass's own positions.
     *
     * @param places where each position stands in its text, {@code [rows][positions]}
     * @param groups for each slot what it belongs to, {@code [rows][keys]}: a position looks at the slots of its own group
     *     that are not behind its own
     */
    private record Layout(int[][] places, int[][] groups) {
        int rows() {
            return places.length;
        }

        int positions() {
            return places[0].length;
        }

        int keys() {
            return groups[0].length;
        }

        /** Whether some position may not look at some slot. */
        boolean hides(int window) {
            return positions() > 1
                    || keys() > window
                    || Arrays.stream(groups).anyMatch(row -> Arrays.stream(row).anyMatch(group -> group != row[0]));
        }
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
        var places = new int[lengths.size()][positions];
        var groups = new int[lengths.size()][positions];
        for (int row = 0; row < lengths.size(); row++) {
            int at = 0;
            for (int i = 0; i < lengths.get(row).length; i++) {
                for (int j = 0; j < lengths.get(row)[i]; j++, at++) {
                    places[row][at] = j;
                    groups[row][at] = i;
                }
            }
            for (int j = 0; at < positions; j++, at++) {
                places[row][at] = j;
                groups[row][at] = -1;
            }
        }
        return of(config, placement, new Layout(places, groups));
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
        int keys = past + positions;
        var places = new int[padding.length][positions];
        var groups = new int[padding.length][keys];
        for (int row = 0; row < padding.length; row++) {
            for (int position = 0; position < positions; position++) {
                places[row][position] = Math.max(0, past + position - padding[row]);
            }
            for (int slot = 0; slot < Math.min(padding[row], keys); slot++) {
                // Padding looks at itself alone, since a softmax over nothing is not a number.
                groups[row][slot] = -1 - slot;
            }
        }
        return of(config, placement, new Layout(places, groups));
    }

    private static Positions of(DecoderConfig config, Placement placement, Layout layout) {
        var full = view(config, placement, config.rope(), Integer.MAX_VALUE, layout);
        return new Positions(
                full,
                config.window().isEmpty()
                        ? full
                        : view(
                                config,
                                placement,
                                config.slidingRope(),
                                config.window().getAsInt(),
                                layout));
    }

    private static View view(DecoderConfig config, Placement placement, Rope rope, int window, Layout layout) {
        var first = Arrays.stream(layout.places())
                .flatMapToInt(Arrays::stream)
                .min()
                .orElse(0);
        var last = Arrays.stream(layout.places())
                .flatMapToInt(Arrays::stream)
                .max()
                .orElse(0);
        var frequencies = rope.frequencies(config.headSize());
        int half = frequencies.length;
        var cosines = new float[(last - first + 1) * 2 * half];
        var sines = new float[cosines.length];
        for (int place = first, at = 0; place <= last; place++, at += 2 * half) {
            for (int i = 0; i < half; i++) {
                float angle = Rope.angle(place, frequencies[i]);
                cosines[at + i] = cosines[at + half + i] = (float) Math.cos(angle);
                sines[at + half + i] = (float) Math.sin(angle);
                sines[at + i] = -sines[at + half + i];
            }
        }
        var rows = Tensor.create(longs(layout.places(), -first)).to(device(placement), ScalarType.Long);
        long[] shape = {layout.rows(), 1, layout.positions(), 2L * half};
        return new View(
                moved(placement, cosines, 2L * half).index_select(0, rows).view(shape),
                moved(placement, sines, 2L * half).index_select(0, rows).view(shape),
                layout.hides(window) ? Optional.of(mask(placement, window, layout)) : Optional.empty());
    }

    /** Made where it is used: for a large batch it is far larger than what it follows from. */
    private static Tensor mask(Placement placement, int window, Layout layout) {
        long keys = layout.keys();
        var slots = torch.arange(new Scalar(keys), placement.options(ScalarType.Long));
        var own = slots.narrow(0, keys - layout.positions(), layout.positions()).unsqueeze(1);
        var sees = slots.le(own);
        if (window < keys) {
            sees = sees.logical_and(own.sub(slots).lt(new Scalar(window)));
        }
        var groups =
                Tensor.create(longs(layout.groups(), 0), layout.rows(), 1, keys).to(device(placement), ScalarType.Long);
        var asking =
                groups.narrow(2, keys - layout.positions(), layout.positions()).transpose(1, 2);
        sees = sees.logical_and(asking.eq(groups)).unsqueeze(1);
        return torch.zeros(new long[] {layout.rows(), 1, layout.positions(), keys}, placement.options())
                .masked_fill_(sees.logical_not(), new Scalar(Double.NEGATIVE_INFINITY));
    }

    private static long[] longs(int[][] numbers, int more) {
        return Arrays.stream(numbers)
                .flatMapToInt(Arrays::stream)
                .mapToLong(number -> (long) number + more)
                .toArray();
    }

    private static Tensor moved(Placement placement, float[] table, long columns) {
        return Tensor.create(table, table.length / columns, columns)
                .to(device(placement), placement.precision().type());
    }

    private static Device device(Placement placement) {
        return new Device(placement.deviceType());
    }
}
