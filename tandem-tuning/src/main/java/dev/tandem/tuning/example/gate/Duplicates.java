package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.near.NearDuplicates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Examples that are there before: the same but for case and punctuation, or nearly. Of near duplicates those are named that
 * are like an example that stays, so that leaving out what is named leaves none.
 */
final class Duplicates {
    private static final int[] NONE = {};

    private Duplicates() {}

    static List<Concern> find(Seen seen, double threshold) {
        var first = new HashMap<Long, Integer>();
        var exact = new TreeMap<Integer, Integer>();
        var sets = new ArrayList<int[]>(seen.pairs());
        for (int i = 0; i < seen.size(); i++) {
            var before = first.putIfAbsent(seen.print(i), i);
            if (before != null) {
                exact.put(i, before);
                sets.set(i, NONE);
            }
        }
        var near = new TreeMap<Integer, NearDuplicates.Pair>();
        for (var pair : NearDuplicates.of(sets, threshold).pairs()) {
            // Pairs come in the order of their second member, so it is known already whether the first one stays.
            if (!near.containsKey(pair.one())) {
                near.putIfAbsent(pair.other(), pair);
            }
        }
        var concerns = new ArrayList<Concern>();
        exact(seen, exact).ifPresent(concerns::add);
        near(seen, near).ifPresent(concerns::add);
        return concerns;
    }

    private static Optional<Concern> exact(Seen seen, Map<Integer, Integer> copies) {
        return copies.isEmpty()
                ? Optional.empty()
                : Optional.of(new Concern(
                        FindingKind.EXACT_DUPLICATE,
                        String.format(
                                Locale.ROOT,
                                "%,d examples are copies of earlier ones but for case and punctuation",
                                copies.size()),
                        copies.keySet().stream().map(seen::line).toList(),
                        copies.values().stream()
                                .map(original -> "as line " + seen.line(original))
                                .toList()));
    }

    private static Optional<Concern> near(Seen seen, Map<Integer, NearDuplicates.Pair> copies) {
        return copies.isEmpty()
                ? Optional.empty()
                : Optional.of(new Concern(
                        FindingKind.NEAR_DUPLICATE,
                        String.format(Locale.ROOT, "%,d examples are nearly copies of earlier ones", copies.size()),
                        copies.keySet().stream().map(seen::line).toList(),
                        copies.values().stream()
                                .map(pair -> String.format(
                                        Locale.ROOT,
                                        "%.0f%% as line %d",
                                        100 * pair.similarity(),
                                        seen.line(pair.one())))
                                .toList()));
    }
}
