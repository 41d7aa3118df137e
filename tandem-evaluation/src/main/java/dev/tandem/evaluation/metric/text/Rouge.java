package dev.tandem.evaluation.metric.text;

import dev.tandem.evaluation.metric.LowerCase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * ROUGE (Lin, 2004) equal to Google's rouge-score: words are runs of ASCII letters and digits in lower case, so texts in
 * other scripts have none. Of several references, each kind takes the one with the highest F-measure. A corpus's value is
 * the mean over its texts. Immutable.
 *
 * @param stemmer whether words of more than three letters are stemmed; not the default of rouge-score
 */
public record Rouge(boolean stemmer) {
    /** The release of rouge-score whose definition this is, and that the golden files of the tests come from. */
    public static final String ROUGE_SCORE_VERSION = "0.1.2";

    private static final int SHORTEST_STEMMED = 4;
    private static final Pattern LINE_END = Pattern.compile("\n");

    /** What is compared. */
    public enum Kind {
        /** Words. */
        ROUGE_1("rouge1"),
        /** Pairs of words. */
        ROUGE_2("rouge2"),
        /** The longest common subsequence of the words of the whole texts. */
        ROUGE_L("rougeL"),
        /** The union of the longest common subsequences of each line of the reference with all lines of the text. */
        ROUGE_L_SUM("rougeLsum");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** rouge-score's name of it. */
        public String label() {
            return label;
        }
    }

    /** Shares of the prediction and of the reference that they have in common, and their harmonic mean; in [0, 1]. */
    public record Score(double precision, double recall, double fMeasure) {
        private static Score of(int common, int prediction, int reference) {
            double precision = prediction == 0 ? 0 : (double) common / prediction;
            double recall = reference == 0 ? 0 : (double) common / reference;
            return new Score(precision, recall, common == 0 ? 0 : 2 * precision * recall / (precision + recall));
        }
    }

    /**
     * All kinds of a text.
     *
     * @param references at least one
     */
    public Map<Kind, Score> scores(String prediction, List<String> references) {
        var numbers = new WordNumbers();
        var predicted = lines(prediction, numbers);
        List<Map<Kind, Score>> all = references.stream()
                .map(reference -> scores(predicted, lines(reference, numbers), numbers))
                .toList();
        var best = new EnumMap<Kind, Score>(Kind.class);
        for (Map<Kind, Score> scores : all) {
            scores.forEach((kind, score) ->
                    best.merge(kind, score, (first, next) -> next.fMeasure > first.fMeasure ? next : first));
        }
        return best;
    }

    /** What a value means, so that two people can tell that they measured the same thing. */
    public String signature(Kind kind) {
        return kind.label() + "|stemmer:" + (stemmer ? "yes" : "no") + "|refs:max|agg:mean|rouge-score:"
                + ROUGE_SCORE_VERSION;
    }

    private static Map<Kind, Score> scores(List<int[]> prediction, List<int[]> reference, WordNumbers numbers) {
        int[] predicted = joined(prediction);
        int[] expected = joined(reference);
        int[] ngrams = NgramMatches.of(predicted, List.of(expected), 2);
        Function<Integer, Score> score = common -> Score.of(common, predicted.length, expected.length);
        return Map.of(
                Kind.ROUGE_1,
                score.apply(ngrams[0]),
                Kind.ROUGE_2,
                Score.of(ngrams[1], NgramMatches.count(predicted.length, 2), NgramMatches.count(expected.length, 2)),
                Kind.ROUGE_L,
                score.apply(LongestCommonSubsequence.length(expected, predicted)),
                Kind.ROUGE_L_SUM,
                score.apply(inUnion(prediction, reference, numbers.count())));
    }

    private static int[] joined(List<int[]> lines) {
        return lines.size() == 1
                ? lines.getFirst()
                : lines.stream().flatMapToInt(IntStream::of).toArray();
    }

    /** Words of the reference that are in the union, none more often than the prediction has it. */
    private static int inUnion(List<int[]> prediction, List<int[]> reference, int numbers) {
        int[] left = new int[numbers];
        prediction.forEach(line -> IntStream.of(line).forEach(word -> left[word]++));
        int hits = 0;
        for (int[] line : reference) {
            var union = new BitSet(line.length);
            prediction.forEach(other -> union.or(LongestCommonSubsequence.placesInReference(line, other)));
            for (int place = union.nextSetBit(0); place >= 0; place = union.nextSetBit(place + 1)) {
                if (left[line[place]]-- > 0) {
                    hits++;
                }
            }
        }
        return hits;
    }

    private List<int[]> lines(String text, WordNumbers numbers) {
        return LINE_END.splitAsStream(text)
                .map(line -> numbers.of(words(line)))
                .filter(words -> words.length > 0)
                .toList();
    }

    private List<String> words(String text) {
        String lower = LowerCase.of(text);
        var words = new ArrayList<String>();
        int begin = 0;
        for (int i = 0; i <= lower.length(); i++) {
            if (i < lower.length() && isWord(lower.charAt(i))) {
                continue;
            }
            if (i > begin) {
                String word = lower.substring(begin, i);
                words.add(stemmer && word.length() >= SHORTEST_STEMMED ? PorterStemmer.stem(word) : word);
            }
            begin = i + 1;
        }
        return words;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
