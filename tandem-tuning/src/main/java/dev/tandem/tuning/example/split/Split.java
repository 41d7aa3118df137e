package dev.tandem.tuning.example.split;

import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which part each example goes to; a group never goes to two.
 *
 * @param parts by example, in the file's order
 * @param groups how many there are
 * @param largest examples of the largest group
 */
public record Split(Part[] parts, int groups, int largest) {
    /** Where an example goes. */
    public enum Part {
        TRAIN,
        VALIDATION,
        TEST;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How far a part's size may be from the wanted one, of all examples, before it is said to be impossible. */
    private static final double OFF = 0.05;

    /**
     * Splits: groups in random order, each to the part that lacks most of its size and has room for it. The same seed and
     * groups give the same split.
     *
     * @param groups by example the number of the first one of its group
     * @throws MendableException if there are too few groups, or one is too large, for the wanted sizes
     */
    public static Split of(int[] groups, Share test, Share validation, long seed) {
        var members = new HashMap<Integer, Integer>();
        Arrays.stream(groups).forEach(group -> members.merge(group, 1, Integer::sum));
        int wantedTest = test.of(groups.length);
        int wantedValidation = validation.of(groups.length);
        check(groups.length, members.size(), wantedTest, wantedValidation);
        var order = new ArrayList<Integer>(members.keySet());
        Collections.sort(order);
        Collections.shuffle(order, new Random(seed));
        // Small groups last fill the parts up to their size; a stable sort leaves those of a size in random order.
        var large = order.stream()
                .filter(group -> members.getOrDefault(group, 0) > 1)
                .sorted((a, b) -> members.getOrDefault(b, 0) - members.getOrDefault(a, 0))
                .toList();
        var chosen = new HashMap<Integer, Part>();
        var room = new int[] {groups.length - wantedTest - wantedValidation, wantedValidation, wantedTest};
        var wanted = room.clone();
        assign(large, members, room, wanted, chosen);
        order.removeAll(java.util.Set.copyOf(large));
        assign(order, members, room, wanted, chosen);
        var parts = Arrays.stream(groups)
                .mapToObj(group -> chosen.getOrDefault(group, Part.TRAIN))
                .toArray(Part[]::new);
        int largest =
                members.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        possible(room, wanted, largest, members.size());
        return new Split(parts, members.size(), largest);
    }

    private static void check(int examples, int groups, int test, int validation) {
        int parts = 1 + (test > 0 ? 1 : 0) + (validation > 0 ? 1 : 0);
        if (test + validation >= examples) {
            throw new MendableException("Of " + examples + " examples, " + test + " for the test and " + validation
                    + " for validation leave none to train on: ask for less.");
        }
        if (groups < parts) {
            throw new MendableException("All " + examples + " examples are in " + groups
                    + (groups == 1 ? " group" : " groups") + ", which cannot be split into " + parts
                    + " parts: split by another field, or with --by none.");
        }
    }

    private static void assign(
            List<Integer> order, Map<Integer, Integer> members, int[] room, int[] wanted, Map<Integer, Part> chosen) {
        for (int group : order) {
            int size = members.getOrDefault(group, 0);
            int best = -1;
            for (int part = 0; part < room.length; part++) {
                boolean fits = wanted[part] > 0 && room[part] >= size;
                if (fits && (best < 0 || (double) room[part] / wanted[part] > (double) room[best] / wanted[best])) {
                    best = part;
                }
            }
            int part = best < 0 ? 0 : best;
            room[part] -= size;
            chosen.put(group, Part.values()[part]);
        }
    }

    private static void possible(int[] room, int[] wanted, int largest, int groups) {
        int examples = Arrays.stream(wanted).sum();
        for (int part = 1; part < room.length; part++) {
            boolean empty = wanted[part] > 0 && room[part] == wanted[part];
            if (empty || room[part] > Math.max(1, OFF * examples)) {
                throw new MendableException("Groups make the wanted sizes impossible: " + room[part]
                        + " examples are missing for "
                        + Part.values()[part] + ", since there are " + groups + " groups and the largest has " + largest
                        + " of "
                        + examples + " examples. Ask for another size, split by another field, or with --by none.");
            }
        }
    }

    /** How many examples a part has. */
    public int size(Part part) {
        return (int) Arrays.stream(parts).filter(each -> each == part).count();
    }
}
