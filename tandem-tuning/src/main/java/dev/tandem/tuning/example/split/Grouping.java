package dev.tandem.tuning.example.split;

import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.example.gate.ExampleWords;
import dev.tandem.tuning.example.gate.Examples;
import dev.tandem.tuning.example.near.Groups;
import dev.tandem.tuning.example.near.NearDuplicates;
import dev.tandem.tuning.example.near.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which examples must stay together. */
public sealed interface Grouping {
    /** Those with the same value of a field; an example without it stays alone. */
    record ByField(String field) implements Grouping {}

    /** Those that ask the same, or are alike in question or as a whole, however long the chain. */
    record ByLikeness() implements Grouping {}

    /** Each alone. */
    record None() implements Grouping {}

    /** Similarity of word pairs from which examples stay together: lower than a duplicate's, to leave room between parts. */
    double ALIKE = 0.6;

    /** Words that a question must have to join examples by itself. */
    int QUESTION = 3;

    /** What {@code --by} says. */
    static Grouping named(String name) {
        return switch (name) {
            case "cluster" -> new ByLikeness();
            case "none" -> new None();
            default -> new ByField(name);
        };
    }

    /** The examples' groups: for each example, in the file's order, the number of the first one of its group. */
    default int[] groups(Examples examples) {
        return switch (this) {
            case ByField field -> byField(examples, field.field());
            case ByLikeness likeness -> byLikeness(examples);
            case None none -> {
                var count = new int[1];
                examples.each(example -> count[0]++);
                yield new Groups(count[0]).roots();
            }
        };
    }

    private static int[] byField(Examples examples, String field) {
        var first = new HashMap<String, Integer>();
        var groups = new ArrayList<Integer>();
        var names = new java.util.TreeSet<String>();
        examples.each(example -> {
            int number = groups.size();
            var value = example.fields().get(field);
            names.addAll(example.fields().keySet());
            groups.add(value == null ? number : first.computeIfAbsent(value, same -> number));
        });
        if (first.isEmpty() && !groups.isEmpty()) {
            throw new MendableException("No example has a field \"" + field + "\" to split by: "
                    + (names.isEmpty()
                            ? "the file has no fields beside the conversation; use --by cluster."
                            : "there are " + String.join(", ", names) + "."));
        }
        return groups.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] byLikeness(Examples examples) {
        var wholes = new ArrayList<int[]>();
        var questions = new ArrayList<int[]>();
        var prints = new ArrayList<Long>();
        examples.each(example -> {
            var words = ExampleWords.of(example);
            wholes.add(Words.pairs(words.both()));
            boolean asked = words.question().length >= QUESTION;
            questions.add(asked ? Words.pairs(words.question()) : new int[0]);
            prints.add(asked ? words.questionPrint() : 0L);
        });
        var groups = new Groups(wholes.size());
        joinEqual(prints, groups);
        join(wholes, groups);
        join(questions, groups);
        return groups.roots();
    }

    private static void joinEqual(List<Long> prints, Groups groups) {
        Map<Long, Integer> first = new HashMap<>();
        for (int i = 0; i < prints.size(); i++) {
            int number = i;
            if (prints.get(i) != 0) {
                groups.join(i, first.computeIfAbsent(prints.get(i), same -> number));
            }
        }
    }

    private static void join(List<int[]> sets, Groups groups) {
        NearDuplicates.of(sets, ALIKE).pairs().forEach(pair -> groups.join(pair.one(), pair.other()));
    }
}
