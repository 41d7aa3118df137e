package dev.tandem.knowledge.passage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * The content words of a text as Porter stems, with where they stand: Lucene's English analysis, the same that the index
 * is built with, and a longer list of words that carry no topic. Without state of its own.
 */
public final class Stems {
    private static final Analyzer ENGLISH = new EnglishAnalyzer();

    private static final Set<String> NO_TOPIC =
            Set.of(("a about above according after again against all also am an and any"
                            + " are as at be because been before being below between both but by called can cannot could did do does"
                            + " doing down during each few for from further get give given got had has have having he her here hers"
                            + " herself him himself his how i if in into is it its itself just kind known let many me more most much"
                            + " my myself name no nor not of off on once only or other ought our ours out over own same shall she"
                            + " should so some such tell than that the their theirs them themselves then there these they this those"
                            + " through to too type under until up upon us very was we were what when where whether which while who"
                            + " whom whose why will with would you your yours")
                    .split(" "));

    private Stems() {}

    /**
     * A content word.
     *
     * @param stem its Porter stem, lower case
     * @param start its first char in the text
     * @param end behind its last char
     */
    public record Stem(String stem, int start, int end) {}

    /** The content words of a text in order. */
    public static List<Stem> of(String text) {
        var stems = new ArrayList<Stem>();
        try (var stream = ENGLISH.tokenStream("", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                var word = text.substring(offset.startOffset(), offset.endOffset());
                if (!NO_TOPIC.contains(word.toLowerCase(Locale.ROOT))) {
                    stems.add(new Stem(term.toString(), offset.startOffset(), offset.endOffset()));
                }
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stems;
    }
}
