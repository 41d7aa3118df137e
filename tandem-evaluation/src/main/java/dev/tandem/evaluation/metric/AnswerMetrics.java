package dev.tandem.evaluation.metric;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * How well an answer agrees with the reference answers, each value the best over the references, as the official script
 * of SQuAD 2.0 compares them (Rajpurkar et al., 2018): lower case, without ASCII punctuation and English articles, split
 * at whitespace. Without a reference that has a word left, only an answer without words is right.
 *
 * @param exactMatch 1 when the words are those of a reference, else 0
 * @param f1 the harmonic mean of the precision and recall of the words, in [0, 1]
 * @param contained 1 when all words of a reference stand side by side in the answer, else 0: for quotes that may be longer
 *     than what was asked. Whole words only, so "30" is not in "308". Not one of SQuAD's measures.
 */
public record AnswerMetrics(double exactMatch, double f1, double contained) {
    private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
    // Python's word boundary: Java's Unicode one counts combining marks as parts of words, Python's does not.
    private static final Pattern ARTICLE = Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])");
    // Python also splits at the four ASCII separators.
    private static final Pattern SPACE = Pattern.compile("[\\s\\x1C-\\x1F]+", Pattern.UNICODE_CHARACTER_CLASS);

    /** Compares an answer with the references; none means that no answer is the right answer. */
    public static AnswerMetrics of(String answer, List<String> references) {
        List<String> words = words(answer);
        List<List<String>> wanted = references.stream()
                .map(AnswerMetrics::words)
                .filter(reference -> !reference.isEmpty())
                .toList();
        if (wanted.isEmpty()) {
            double right = words.isEmpty() ? 1 : 0;
            return new AnswerMetrics(right, right, right);
        }
        return new AnswerMetrics(
                best(wanted, reference -> words.equals(reference) ? 1 : 0),
                best(wanted, reference -> f1(words, reference)),
                best(wanted, reference -> Collections.indexOfSubList(words, reference) >= 0 ? 1 : 0));
    }

    /** The words that are compared. */
    static List<String> words(String text) {
        String bare = PUNCTUATION.matcher(LowerCase.of(text)).replaceAll("");
        return SPACE.splitAsStream(ARTICLE.matcher(bare).replaceAll(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static double best(List<List<String>> references, ToDoubleFunction<List<String>> value) {
        return references.stream().mapToDouble(value).max().orElseThrow();
    }

    private static double f1(List<String> words, List<String> reference) {
        Map<String, Integer> left = new HashMap<>();
        reference.forEach(word -> left.merge(word, 1, Integer::sum));
        int same = 0;
        for (String word : words) {
            if (left.merge(word, -1, Integer::sum) >= 0) {
                same++;
            }
        }
        if (same == 0) {
            return 0;
        }
        double precision = (double) same / words.size();
        double recall = (double) same / reference.size();
        return 2 * precision * recall / (precision + recall);
    }
}
