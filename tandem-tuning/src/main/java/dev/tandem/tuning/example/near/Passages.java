package dev.tandem.tuning.example.near;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Finds how much of each text of a collection stands word for word in another text, however long that is: the share of a
 * text's runs of {@value #LENGTH} words that the other has too. Safe for many threads.
 */
public final class Passages {
    /** Words of a run, as PaLM's authors count contamination (Chowdhery et al. 2022). */
    public static final int LENGTH = 8;

    /** How much longer the other text is at least: what is as long is a copy or none, not a part. */
    private static final double LONGER = 2;

    private final int[] lengths;
    private final int[] runs;
    private final Map<Long, int[]> holders = new HashMap<>();

    /**
     * @param texts words in their order; texts of fewer than {@code least} words are never found
     */
    public Passages(List<int[]> texts, int least) {
        runs = new int[texts.size()];
        lengths = texts.stream().mapToInt(text -> text.length).toArray();
        for (int number = 0; number < runs.length; number++) {
            if (texts.get(number).length < Math.max(least, LENGTH)) {
                continue;
            }
            var own = new HashSet<Long>();
            for (long run : runs(texts.get(number))) {
                own.add(run);
            }
            runs[number] = own.size();
            for (long run : own) {
                var list = holders.getOrDefault(run, new int[0]);
                list = Arrays.copyOf(list, list.length + 1);
                list[list.length - 1] = number;
                holders.put(run, list);
            }
        }
    }

    /** Tells of each text of which at least so much stands in another, twice as long or longer, with the share. */
    public void search(int[] words, double least, BagIndex.Found found) {
        if (words.length < 2 * LENGTH || holders.isEmpty()) {
            return;
        }
        var counts = new HashMap<Integer, Integer>();
        var seen = new HashSet<Long>();
        for (long run : runs(words)) {
            var list = holders.get(run);
            if (list != null && seen.add(run)) {
                for (int number : list) {
                    counts.merge(number, 1, Integer::sum);
                }
            }
        }
        counts.forEach((number, count) -> {
            if (count >= least * runs[number] && words.length >= LONGER * lengths[number]) {
                found.found(number, (double) count / runs[number]);
            }
        });
    }

    private static long[] runs(int[] words) {
        var runs = new long[words.length - LENGTH + 1];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = Words.fingerprint(Arrays.copyOfRange(words, i, i + LENGTH));
        }
        return runs;
    }
}
