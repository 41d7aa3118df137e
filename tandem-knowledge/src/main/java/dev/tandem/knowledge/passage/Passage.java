package dev.tandem.knowledge.passage;

import java.util.List;
import java.util.Objects;

/**
 * A piece of a document that is embedded, found and cited as a whole.
 *
 * @param document the document's path
 * @param ordinal its place in the document, from 0
 * @param title the document's title
 * @param headings the headings above it, outermost first, without the title if that is the same
 * @param text its text exactly as it is quoted from
 * @param page the page that it begins on, from 1, or 0 where the format has no pages
 * @param tokens its length in the embedding model's tokens
 * @param contextLine what a language model says of its place in the document; empty where none was asked. It is embedded and
 *     searched with the text, but is no word of the document: it is never quoted, nor shown to whoever answers
 */
public record Passage(
        String document,
        int ordinal,
        String title,
        List<String> headings,
        String text,
        int page,
        int tokens,
        String contextLine) {
    public Passage {
        headings = List.copyOf(headings);
        // Indexes of before there were such lines have none in their JSON.
        contextLine = Objects.requireNonNullElse(contextLine, "");
    }

    /** A passage without a context line. */
    public Passage(
            String document, int ordinal, String title, List<String> headings, String text, int page, int tokens) {
        this(document, ordinal, title, headings, text, page, tokens, "");
    }

    /** The same passage under another context line. */
    public Passage withContextLine(String line) {
        return new Passage(document, ordinal, title, headings, text, page, tokens, line);
    }

    /** The passage's name within its workspace: {@code document#ordinal}. */
    public String id() {
        return document + "#" + ordinal;
    }

    /** Where it stands, for people: page, headings, or the passage's number. */
    public String location() {
        var path = String.join(" > ", headings);
        if (page > 0) {
            return path.isEmpty() ? "page " + page : "page " + page + ", " + path;
        }
        return path.isEmpty() ? "passage " + (ordinal + 1) : path;
    }
}
