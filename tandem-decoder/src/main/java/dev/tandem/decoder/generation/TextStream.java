package dev.tandem.decoder.generation;

import dev.tandem.models.prompt.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tokens to text as they come. A character may be spread over several tokens, and what a token says may hang on the one
 * before it; so a piece is what the tokens since the last piece but one say beyond what the last piece's say, and it waits
 * until its last character is whole. The pieces together are the text.
 */
final class TextStream {
    private static final String BROKEN = "\ufffd";

    private final Tokenizer tokenizer;
    private final List<String> stops;
    private final Consumer<String> listener;
    private final List<Integer> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int context;
    private int said;
    private int told;

    /**
     * Begins an empty text.
     *
     * @param stops texts at which it ends; not part of it
     * @param listener told of new text, never of a beginning of a stop
     */
    TextStream(Tokenizer tokenizer, List<String> stops, Consumer<String> listener) {
        this.tokenizer = tokenizer;
        this.stops = stops;
        this.listener = listener;
    }

    /**
     * Takes in a token.
     *
     * @return whether a stop came: the text has ended
     */
    boolean add(int token) {
        tokens.add(token);
        var more = more();
        if (more.isEmpty() || more.endsWith(BROKEN)) {
            return false;
        }
        context = said;
        said = tokens.size();
        text.append(more);
        int end = firstStop();
        if (end >= 0) {
            text.setLength(end);
            tell(end);
            return true;
        }
        tell(text.length() - beginningOfAStop());
        return false;
    }

    /** Ends the text without a stop: what was held back is told. */
    void end() {
        text.append(more());
        said = tokens.size();
        tell(text.length());
    }

    /** The text so far, half a character left out. */
    String text() {
        return text.toString();
    }

    private String more() {
        var before = decoded(said);
        var now = decoded(tokens.size());
        return now.substring(Math.min(before.length(), now.length()));
    }

    private String decoded(int to) {
        return tokenizer.decode(
                tokens.subList(context, to).stream().mapToInt(Integer::intValue).toArray());
    }

    /** Where the first stop begins that was not there before; -1 if there is none. */
    private int firstStop() {
        return stops.stream()
                .mapToInt(stop -> text.indexOf(stop, Math.max(0, told - stop.length())))
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
    }

    private void tell(int upTo) {
        if (upTo > told) {
            listener.accept(text.substring(told, upTo));
            told = upTo;
        }
    }

    private int beginningOfAStop() {
        int held = 0;
        for (var stop : stops) {
            for (int length = Math.min(stop.length() - 1, text.length()); length > held; length--) {
                if (text.indexOf(stop.substring(0, length), text.length() - length) >= 0) {
                    held = length;
                }
            }
        }
        return held;
    }
}
