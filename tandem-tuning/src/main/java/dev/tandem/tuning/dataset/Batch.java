package dev.tandem.tuning.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Examples packed into rows, so that hardly a position is padding. Within a row no example sees another: {@code lengths}
 * says where each ends.
 *
 * @param ids {@code [rows][positions]}, padded with 0
 * @param targets {@code [rows][positions]}: the next token where it is learned, otherwise {@link #IGNORED}
 * @param lengths for each row its examples' lengths in order
 */
public record Batch(long[][] ids, long[][] targets, List<int[]> lengths) {
    /** A position whose prediction does not count. */
    public static final long IGNORED = -100;

    /** Positions of a row into which short examples are packed. */
    private static final int ROW = 256;

    public Batch {
        lengths = List.copyOf(lengths);
    }

    public int rows() {
        return ids.length;
    }

    public int positions() {
        return ids[0].length;
    }

    /** How many predictions count in the loss. */
    public int learnedTokens() {
        return (int) Arrays.stream(targets)
                .flatMapToLong(Arrays::stream)
                .filter(target -> target != IGNORED)
                .count();
    }

    /** All tokens that are not padding. */
    public int tokens() {
        return lengths.stream().flatMapToInt(Arrays::stream).sum();
    }

    /**
     * Packs examples: longest first, each into the fullest row that has room (best fit decreasing, Johnson 1973). Rows are no
     * longer than the longest example needs, or {@value #ROW} where all are shorter: attention over a row takes time and memory
     * by the square of its length, and longer rows save nothing but a little padding.
     *
     * @param examples at least one, each at most {@code most} long
     * @param most positions of a row
     */
    public static Batch pack(List<TokenExample> examples, int most) {
        var sorted = new ArrayList<>(examples);
        sorted.sort(Comparator.comparingInt(TokenExample::length).reversed());
        int capacity = Math.min(most, Math.max(ROW, sorted.getFirst().length()));
        var rows = new ArrayList<List<TokenExample>>();
        var used = new ArrayList<Integer>();
        for (var example : sorted) {
            int best = -1;
            for (int row = 0; row < rows.size(); row++) {
                if (used.get(row) + example.length() <= capacity && (best < 0 || used.get(row) > used.get(best))) {
                    best = row;
                }
            }
            if (best < 0) {
                best = rows.size();
                rows.add(new ArrayList<>());
                used.add(0);
            }
            rows.get(best).add(example);
            used.set(best, used.get(best) + example.length());
        }
        return of(rows, used.stream().mapToInt(Integer::intValue).max().orElseThrow());
    }

    private static Batch of(List<List<TokenExample>> rows, int positions) {
        var ids = new long[rows.size()][positions];
        var targets = new long[rows.size()][positions];
        var lengths = new ArrayList<int[]>();
        for (int row = 0; row < rows.size(); row++) {
            Arrays.fill(targets[row], IGNORED);
            int at = 0;
            for (var example : rows.get(row)) {
                for (int i = 0; i < example.length(); i++) {
                    ids[row][at + i] = example.ids()[i];
                    if (i > 0 && example.learned()[i]) {
                        targets[row][at + i - 1] = example.ids()[i];
                    }
                }
                at += example.length();
            }
            lengths.add(rows.get(row).stream().mapToInt(TokenExample::length).toArray());
        }
        return new Batch(ids, targets, lengths);
    }
}
