package dev.tandem.tuning.example.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What sets an example apart from the rest of its file: its length, its language, its ending. */
final class Shapes {
    /** Robust standard deviations (1.4826 times the median deviation) of the logarithm of the length. */
    private static final double FAR = 5;

    private static final double LEAST_DEVIATION = 0.15;
    private static final int ENOUGH = 20;

    /** Share of a language that makes the others odd; where no language has it, the set is meant to be mixed. */
    private static final double DOMINANT = 0.8;

    /** Share of answers without a mark at the end up to which those are odd. */
    private static final double OPEN = 0.2;

    /** Sentences that stop at one length, so many of them: a limit of tokens that was reached. */
    private static final int AT_LIMIT = 5;

    private static final double AT_LIMIT_SHARE = 0.01;

    private Shapes() {}

    static List<Concern> find(Seen seen) {
        var concerns = new ArrayList<Concern>();
        concerns.addAll(lengths(seen));
        concerns.addAll(languages(seen));
        concerns.addAll(endings(seen));
        return concerns;
    }

    private static List<Concern> lengths(Seen seen) {
        if (seen.size() < ENOUGH) {
            return List.of();
        }
        var logarithms = IntStream.range(0, seen.size())
                .mapToDouble(i -> Math.log1p(seen.length(i)))
                .toArray();
        double median = median(logarithms);
        double deviation = Math.max(
                LEAST_DEVIATION,
                1.4826
                        * median(Arrays.stream(logarithms)
                                .map(x -> Math.abs(x - median))
                                .toArray()));
        return concern(
                seen,
                FindingKind.LENGTH_OUTLIER,
                i -> Math.abs(logarithms[i] - median) > FAR * deviation,
                "%,d examples are far longer or shorter than the rest (median " + Math.round(Math.expm1(median))
                        + " words)",
                i -> seen.length(i) + " words");
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static List<Concern> languages(Seen seen) {
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < seen.size(); i++) {
            if (!seen.language(i).isEmpty()) {
                counts.merge(seen.language(i), 1, Integer::sum);
            }
        }
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        var most = counts.entrySet().stream().max(Map.Entry.comparingByValue());
        if (all < AT_LIMIT || most.isEmpty() || most.get().getValue() < DOMINANT * all) {
            return List.of();
        }
        var expected = most.get().getKey();
        return concern(
                seen,
                FindingKind.WRONG_LANGUAGE,
                i -> !seen.language(i).isEmpty() && !seen.language(i).equals(expected),
                "%,d answers are not in " + name(expected) + ", as the others are",
                i -> name(seen.language(i)));
    }

    /** A language's English name. */
    static String name(String code) {
        return Arrays.stream(Locale.getAvailableLocales())
                .filter(locale ->
                        locale.getCountry().isEmpty() && locale.getScript().isEmpty())
                .filter(locale -> code.equals(locale.getISO3Language()))
                .findFirst()
                .map(locale -> locale.getDisplayLanguage(Locale.ENGLISH))
                .orElse(code.equals("cmn") ? "Chinese" : code);
    }

    private static List<Concern> endings(Seen seen) {
        int sentences = 0;
        int open = 0;
        var lengths = new HashMap<Integer, Integer>();
        for (int i = 0; i < seen.size(); i++) {
            sentences += seen.isSentences(i) ? 1 : 0;
            open += seen.isOpen(i) ? 1 : 0;
            if (seen.isOpen(i) && seen.answerLength(i) >= ENOUGH) {
                lengths.merge(seen.answerLength(i), 1, Integer::sum);
            }
        }
        boolean odd = sentences >= ENOUGH && open <= OPEN * sentences;
        int longest =
                IntStream.range(0, seen.size()).map(seen::answerLength).max().orElse(0);
        int atLongest = lengths.getOrDefault(longest, 0);
        boolean limit = atLongest >= Math.max(AT_LIMIT, AT_LIMIT_SHARE * seen.size());
        return concern(
                seen,
                FindingKind.TRUNCATED,
                i -> seen.isOpen(i) && (odd || limit && seen.answerLength(i) == longest),
                "%,d answers end without a mark at the end of the sentence, or at one length again and again",
                i -> limit && seen.answerLength(i) == longest
                        ? "stops after " + longest + " words, as " + (atLongest - 1) + " others do"
                        : "no mark at the end");
    }

    private static List<Concern> concern(
            Seen seen,
            FindingKind kind,
            IntPredicate concerned,
            String summary,
            java.util.function.IntFunction<String> detail) {
        var numbers = IntStream.range(0, seen.size()).filter(concerned).toArray();
        return numbers.length == 0
                ? List.of()
                : List.of(new Concern(
                        kind,
                        String.format(Locale.ROOT, summary, numbers.length),
                        Arrays.stream(numbers).mapToObj(seen::line).toList(),
                        Arrays.stream(numbers).mapToObj(detail).toList()));
    }
}
