package dev.tandem.evaluation.metric.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of some texts as numbers: equal words have equal numbers, counted from 0. For one thread. */
final class WordNumbers {
    private final Map<String, Integer> numbers = new HashMap<>();

    int[] of(List<String> words) {
        int[] sequence = new int[words.size()];
        for (int i = 0; i < sequence.length; i++) {
            Integer known = numbers.putIfAbsent(words.get(i), numbers.size());
            sequence[i] = known == null ? numbers.size() - 1 : known;
        }
        return sequence;
    }

    /** How many numbers were given. */
    int count() {
        return numbers.size();
    }
}
