package dev.tandem.tuning.example.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Answers that come again and again: labels, which should be about as frequent as each other, and texts, which should not. */
final class Answers {
    /** Words of a label at most. */
    private static final int LABEL = 6;

    private static final double LABELLED = 0.8;
    private static final int REPEATED = 5;
    private static final double REPEATED_SHARE = 0.005;
    private static final double IMBALANCE = 10;
    private static final double DOMINANCE = 0.8;

    private Answers() {}

    static List<Concern> find(Seen seen) {
        var counts = new HashMap<Long, Integer>();
        for (int i = 0; i < seen.size(); i++) {
            counts.merge(seen.answer(i), 1, Integer::sum);
        }
        return isLabelled(seen, counts) ? imbalance(seen, counts) : repeated(seen, counts);
    }

    /** Whether most answers are short and come again. */
    static boolean isLabelled(Seen seen, Map<Long, Integer> counts) {
        long labels = IntStream.range(0, seen.size())
                .filter(i -> seen.answerLength(i) <= LABEL && counts.getOrDefault(seen.answer(i), 0) > 1)
                .count();
        return seen.size() >= REPEATED && labels >= LABELLED * seen.size() && counts.size() <= seen.size() / 3;
    }

    private static List<Concern> imbalance(Seen seen, Map<Long, Integer> counts) {
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        int least = counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        boolean dominated = most > DOMINANCE * seen.size();
        if (most < IMBALANCE * least && !dominated) {
            return List.of();
        }
        var shown = new HashMap<Long, Integer>();
        IntStream.range(0, seen.size()).forEach(i -> shown.putIfAbsent(seen.answer(i), i));
        var order = counts.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .toList();
        var numbers = new ArrayList<Map.Entry<Long, Integer>>(order.subList(0, Math.min(3, order.size())));
        order.subList(Math.max(numbers.size(), order.size() - 3), order.size()).forEach(numbers::add);
        return List.of(new Concern(
                FindingKind.IMBALANCE,
                String.format(
                        Locale.ROOT,
                        "of %,d different labels the most frequent has %,d examples (%.0f%%), the rarest %,d",
                        counts.size(),
                        most,
                        100.0 * most / seen.size(),
                        least),
                numbers.stream()
                        .map(entry -> seen.line(shown.getOrDefault(entry.getKey(), 0)))
                        .toList(),
                numbers.stream()
                        .map(entry -> entry.getValue() + " examples have this answer")
                        .toList()));
    }

    private static List<Concern> repeated(Seen seen, Map<Long, Integer> counts) {
        int least = (int) Math.max(REPEATED, Math.ceil(REPEATED_SHARE * seen.size()));
        var copies = new HashMap<Long, Long>();
        var lines = new ArrayList<Integer>();
        var details = new ArrayList<String>();
        for (int i = 0; i < seen.size(); i++) {
            int count = counts.getOrDefault(seen.answer(i), 0);
            // An answer whose question is the same each time is a duplicate, which is told elsewhere.
            boolean asked = copies.putIfAbsent(seen.print(i), seen.answer(i)) == null;
            if (count >= least && asked && seen.answerLength(i) > 1) {
                lines.add(seen.line(i));
                details.add(count + " examples have this answer");
            }
        }
        long different = lines.size();
        return different < least
                ? List.of()
                : List.of(new Concern(
                        FindingKind.REPEATED_ANSWER,
                        String.format(
                                Locale.ROOT,
                                "%,d examples have an answer that %,d or more others have too",
                                different,
                                least - 1),
                        lines,
                        details));
    }
}
