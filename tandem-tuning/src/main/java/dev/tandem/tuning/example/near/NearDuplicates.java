package dev.tandem.tuning.example.near;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The pairs of a collection of sets whose Jaccard similarity is at least a threshold: candidates by MinHash and banding
 * (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3), each compared truly. A band's hashes are computed
 * when it is its turn and forgotten after it, so that memory holds the sets and one band.
 *
 * <p>Of many sets that share a bucket each is compared with the first {@value #LEADERS} that were unlike each other, so
 * that a collection of all alike texts takes linear time.
 *
 * @param pairs one and other by number, one the smaller; of a set's pairs at least one is there, not all of them
 */
public record NearDuplicates(List<Pair> pairs) {
    private static final int LEADERS = 24;
    private static final int ROWS = 4;

    /** Chance to overlook a pair that is exactly as alike as the threshold; less for pairs more alike. */
    private static final double OVERLOOKED = 0.01;

    private static final int MOST_BANDS = 64;
    private static final long SEED = 20_240_607;

    /** Two sets and their true similarity. */
    public record Pair(int one, int other, double similarity) {}

    public NearDuplicates {
        pairs = List.copyOf(pairs);
    }

    /**
     * Finds them.
     *
     * @param sets sorted, without repetition, as {@link Words#pairs} and {@link Words#set} give them; empty ones are like
     *     nothing
     * @param threshold least similarity, above 0.3 (below, candidates would be most pairs)
     */
    public static NearDuplicates of(List<int[]> sets, double threshold) {
        int bands = bands(threshold);
        var hashing = new MinHash(bands * ROWS, SEED);
        var seen = new HashSet<Long>();
        var pairs =
                new TreeSet<Pair>(java.util.Comparator.comparingInt(Pair::other).thenComparingInt(Pair::one));
        var hashes = new long[sets.size()];
        for (int band = 0; band < bands; band++) {
            int from = band * ROWS;
            IntStream.range(0, sets.size())
                    .parallel()
                    .forEach(i -> hashes[i] = hashing.band(sets.get(i), from, from + ROWS));
            compare(sets, threshold, hashes, seen, pairs);
        }
        return new NearDuplicates(List.copyOf(pairs));
    }

    /** How many bands find a pair at the threshold but for the chance to overlook it. */
    static int bands(double threshold) {
        double agrees = Math.pow(threshold, ROWS);
        return (int)
                Math.clamp(Math.ceil(Math.log(OVERLOOKED) / Math.log1p(-Math.min(agrees, 0.999_999))), 4, MOST_BANDS);
    }

    private static void compare(List<int[]> sets, double threshold, long[] hashes, Set<Long> seen, Set<Pair> pairs) {
        var order = byHash(sets, hashes);
        int begin = 0;
        while (begin < order.length) {
            int end = begin + 1;
            while (end < order.length && hashes[order[end]] == hashes[order[begin]]) {
                end++;
            }
            if (end - begin > 1) {
                bucket(sets, threshold, Arrays.copyOfRange(order, begin, end), seen, pairs);
            }
            begin = end;
        }
    }

    /** Numbers of the sets that are not empty, those of a bucket beside each other and in their order. */
    private static int[] byHash(List<int[]> sets, long[] hashes) {
        return IntStream.range(0, hashes.length)
                .filter(i -> sets.get(i).length > 0)
                .boxed()
                .sorted((a, b) -> hashes[a] != hashes[b] ? Long.compare(hashes[a], hashes[b]) : Integer.compare(a, b))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void bucket(List<int[]> sets, double threshold, int[] members, Set<Long> seen, Set<Pair> pairs) {
        var leaders = new int[LEADERS];
        int count = 0;
        for (int member : members) {
            boolean joined = false;
            for (int i = 0; i < count && !joined; i++) {
                int leader = leaders[i];
                long key = (long) leader << 32 | member;
                var probe = new Pair(leader, member, 0);
                if (pairs.contains(probe)) {
                    joined = true;
                } else if (canBeAlike(sets.get(leader), sets.get(member), threshold) && seen.add(key)) {
                    double similarity = Words.jaccard(sets.get(leader), sets.get(member));
                    if (similarity >= threshold) {
                        pairs.add(new Pair(leader, member, similarity));
                        joined = true;
                    }
                }
            }
            if (!joined && count < LEADERS) {
                leaders[count++] = member;
            }
        }
    }

    /** Sets whose sizes differ too much cannot reach the threshold. */
    private static boolean canBeAlike(int[] one, int[] other, double threshold) {
        return Math.min(one.length, other.length) >= threshold * Math.max(one.length, other.length);
    }

    /**
     * The clusters that the pairs connect.
     *
     * @param count how many sets there were
     * @return for each set the smallest number in its cluster; its own if it is alone
     */
    public int[] clusters(int count) {
        var groups = new Groups(count);
        pairs.forEach(pair -> groups.join(pair.one(), pair.other()));
        return groups.roots();
    }
}
