package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.near.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Different answers to the same question, as far as they contradict each other: other labels, other numbers, yes and no, or
 * hardly a word in common. Other words for the same are no contradiction. Reads the examples once more, and keeps of those
 * whose question comes again what is needed to compare their answers.
 */
final class Conflicts {
    private static final int LABEL = 4;
    private static final double UNLIKE = 0.05;
    private static final int COMPARED = 64;
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");

    /** What of an answer is compared. */
    private record Gist(int line, long print, int[] words, int length, int[] numbers, int polarity) {}

    private Conflicts() {}

    static Optional<Concern> find(Seen seen, Examples examples) {
        var answers = new HashMap<Long, Long>();
        var several = new HashMap<Long, List<Gist>>();
        for (int i = 0; i < seen.size(); i++) {
            var first = seen.question(i) == 0 ? null : answers.putIfAbsent(seen.question(i), seen.answer(i));
            if (first != null && first != seen.answer(i)) {
                several.putIfAbsent(seen.question(i), new ArrayList<>());
            }
        }
        if (several.isEmpty()) {
            return Optional.empty();
        }
        InBatches.inOrder(examples, Conflicts::gist, asked -> {
            var group = several.get(asked.getKey());
            if (group != null) {
                group.add(asked.getValue());
            }
        });
        var conflicts = new TreeMap<Integer, String>();
        several.values().forEach(group -> compare(group, conflicts));
        return conflicts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Concern(
                        FindingKind.CONFLICT,
                        String.format(
                                Locale.ROOT,
                                "%,d examples answer a question otherwise than another example does",
                                conflicts.size()),
                        List.copyOf(conflicts.keySet()),
                        List.copyOf(conflicts.values())));
    }

    private static Map.Entry<Long, Gist> gist(Example example) {
        var words = ExampleWords.of(example);
        var answer = example.answer();
        var numbers = NUMBER.matcher(answer)
                .results()
                .limit(COMPARED)
                .mapToInt(match -> match.group().replaceAll("[.,]0*$|,", "").hashCode())
                .sorted()
                .distinct()
                .toArray();
        int polarity = answer.matches("(?is)\\s*(?:yes|true|correct)\\b.*")
                ? 1
                : answer.matches("(?is)\\s*(?:no|false|incorrect|not)\\b.*") ? -1 : 0;
        var compared = Words.set(Arrays.copyOf(words.answer(), Math.min(COMPARED, words.answer().length)));
        return Map.entry(
                QuestionKey.of(words),
                new Gist(example.line(), words.answerPrint(), compared, words.answer().length, numbers, polarity));
    }

    private static void compare(List<Gist> group, Map<Integer, String> conflicts) {
        var first = group.getFirst();
        for (var other : group) {
            if (other.print() != first.print()) {
                contradiction(first, other).ifPresent(why -> {
                    conflicts.putIfAbsent(first.line(), why + " in line " + other.line());
                    conflicts.putIfAbsent(other.line(), why + " in line " + first.line());
                });
            }
        }
    }

    private static Optional<String> contradiction(Gist one, Gist other) {
        if (one.polarity() * other.polarity() < 0) {
            return Optional.of("yes and no:");
        }
        if (one.length() <= LABEL && other.length() <= LABEL) {
            return Optional.of("another answer");
        }
        boolean numbers = one.numbers().length > 0 && other.numbers().length > 0;
        if (numbers && Words.jaccard(one.numbers(), other.numbers()) == 0) {
            return Optional.of("other numbers");
        }
        return Words.jaccard(one.words(), other.words()) < UNLIKE && Math.min(one.length(), other.length()) > LABEL
                ? Optional.of("hardly a word in common with the answer")
                : Optional.empty();
    }
}
