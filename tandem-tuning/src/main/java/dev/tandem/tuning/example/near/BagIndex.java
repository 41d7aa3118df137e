package dev.tandem.tuning.example.near;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the bags of a collection that are at least so alike to another, all of them: only bags that share one of the words
 * that matter most can be (prefix filtering, Chaudhuri et al. 2006), and only those are compared. Safe for many threads.
 */
public final class BagIndex {
    private final List<Bag> bags;
    private final double least;
    private final Map<Integer, int[]> holders = new HashMap<>();

    /** What is told of a bag that is alike enough. */
    @FunctionalInterface
    public interface Found {
        void found(int number, double likeness);
    }

    /**
     * @param least likeness that is found, above 0
     */
    public BagIndex(List<Bag> bags, double least) {
        this.bags = List.copyOf(bags);
        this.least = least;
        var counts = new HashMap<Integer, Integer>();
        for (int number = 0; number < bags.size(); number++) {
            for (int word : bags.get(number).telling(least)) {
                int count = counts.merge(word, 1, Integer::sum);
                var list = holders.getOrDefault(word, new int[1]);
                if (count > list.length) {
                    list = Arrays.copyOf(list, 2 * count);
                }
                list[count - 1] = number;
                holders.put(word, list);
            }
        }
        counts.forEach((word, count) -> holders.computeIfPresent(word, (same, list) -> Arrays.copyOf(list, count)));
    }

    /** Tells of each bag, once, that is at least so alike to the given one, in no order. */
    public void search(Bag bag, Found found) {
        if (bag.total() == 0) {
            return;
        }
        long[] compared = new long[(bags.size() >> 6) + 1];
        for (int word : bag.telling(least)) {
            for (int number : holders.getOrDefault(word, new int[0])) {
                if ((compared[number >> 6] & 1L << number) == 0) {
                    compared[number >> 6] |= 1L << number;
                    compare(bag, number, found);
                }
            }
        }
    }

    private void compare(Bag bag, int number, Found found) {
        var other = bags.get(number);
        double smaller = Math.min(bag.total(), other.total());
        double larger = Math.max(bag.total(), other.total());
        if (smaller < least * least * larger) {
            return;
        }
        if (bag.likeness(other) >= least) {
            found.found(number, bag.copied(other));
        }
    }
}
