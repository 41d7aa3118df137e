package dev.tandem.knowledge.index;

import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.Passage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.SmallFloat;

/**
 * The words by which passages are found: Lucene's English analysis, the same for every index, so that the same question finds
 * the same passages wherever they are kept. An index whose server cannot do the like counts these itself; BM25 is computed with
 * {@link #K1} and {@link #B}.
 */
public final class PassageWords {
    /** BM25's saturation of a word's frequency. */
    public static final double K1 = 1.2;

    /** BM25's share of the passage's length. */
    public static final double B = 0.75;

    /** A question's first so many different words are searched; no real question has more, and none may stop the search. */
    private static final int MOST_WORDS = 1_000;

    static final Analyzer ANALYZER = new EnglishAnalyzer();

    private PassageWords() {}

    /** The words of a passage with its title and headings, as stems, and how often each stands there. */
    public static Map<String, Integer> of(Passage passage) {
        return count(Context.embedded(passage), Integer.MAX_VALUE);
    }

    /** The words of a question, as stems, and how often each stands there. */
    public static Map<String, Integer> ofQuestion(String question) {
        return count(question, MOST_WORDS);
    }

    /** A passage's number of words as BM25 takes it, rounded down as Lucene rounds, so that scores agree: a code from 0 to 255. */
    public static int lengthCode(int words) {
        return SmallFloat.intToByte4(words) & 0xff;
    }

    /**
     * What a word's count is put in relation to in passages of each length, by code: it counts {@code times / (times + norm)} of its weight.
     *
     * @param average the mean of the passages' numbers of words
     */
    public static double[] norms(double average) {
        var norms = new double[256];
        for (int code = 0; code < norms.length; code++) {
            norms[code] = K1 * (1 - B + B * SmallFloat.byte4ToInt((byte) code) / average);
        }
        return norms;
    }

    private static Map<String, Integer> count(String text, int most) {
        var counts = new LinkedHashMap<String, Integer>();
        try (var stream = ANALYZER.tokenStream("", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (counts.size() < most && stream.incrementToken()) {
                counts.merge(term.toString(), 1, Integer::sum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counts;
    }
}
