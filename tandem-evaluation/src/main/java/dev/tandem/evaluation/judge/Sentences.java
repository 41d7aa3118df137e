package dev.tandem.evaluation.judge;

import dev.tandem.knowledge.passage.SentenceSplitter;
import dev.tandem.knowledge.passage.SentenceSplitter.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** The sentences of answers and contexts, short enough for the encoder. */
final class Sentences {
    private static final Pattern STOP = Pattern.compile("(?<=[.!?])\\s+");

    private Sentences() {}

    /** The sentences of a text; where nothing is capitalised, every stop before white space ends one. */
    static List<Span> of(String text) {
        var spans = SentenceSplitter.split(text);
        if (text.codePoints().anyMatch(Character::isUpperCase)) {
            return spans;
        }
        var parts = new ArrayList<Span>();
        for (var span : spans) {
            int start = span.start();
            var stops = STOP.matcher(text).region(span.start(), span.end()).useTransparentBounds(true);
            while (stops.find()) {
                parts.add(new Span(start, stops.start()));
                start = stops.end();
            }
            parts.add(new Span(start, span.end()));
        }
        return parts.stream()
                .filter(part -> part.of(text).codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
    }

    /** The same, and those of more than a number of tokens halved until they fit: text without a stop is evidence, too. */
    static List<Span> within(String text, int mostTokens, ToIntFunction<String> tokens) {
        var pieces = new ArrayList<Span>();
        for (var span : of(text)) {
            halve(text, span, mostTokens, tokens, pieces);
        }
        return pieces;
    }

    private static void halve(String text, Span span, int mostTokens, ToIntFunction<String> tokens, List<Span> pieces) {
        int length = span.end() - span.start();
        // A token is at least a char long, and counting them costs more than it looks.
        boolean fits =
                length <= mostTokens || (length <= 8 * mostTokens && tokens.applyAsInt(span.of(text)) <= mostTokens);
        if (fits || length < 2) {
            pieces.add(span);
            return;
        }
        int middle = span.start() + length / 2;
        int space = middle;
        while (space > span.start() && !Character.isWhitespace(text.charAt(space))) {
            space--;
        }
        int cut = space > span.start() ? space : middle;
        if (Character.isLowSurrogate(text.charAt(cut)) && cut - 1 > span.start()) {
            cut--;
        }
        halve(text, new Span(span.start(), cut), mostTokens, tokens, pieces);
        halve(text, new Span(cut, span.end()), mostTokens, tokens, pieces);
    }
}
