package dev.tandem.answering.context;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.answering.prompt.UntrustedText;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.Passage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The versioned prompt for a passage's context line. The document stands in front of the passage, the same for each of its
 * passages where it fits as a whole, so that servers that cache the beginnings of prompts read it once.
 */
final class ContextPrompt {
    /** The prompt's name; a changed wording gets a new one, so that lines made with another are made anew. */
    static final String NAME = "context-line-v1";

    /** Of a document that is too long, this share of the room is for its beginning, the rest for what is around the passage. */
    private static final double BEGINNING = 1 / 3.0;

    private static final int LONGEST_TITLE = 200;
    private static final int BOUNDARY_BYTES = 6;
    private static final String CUT = "\n[...]\n";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private final String system;
    private final String user;
    private final int room;

    /**
     * Reads the prompt.
     *
     * @param room characters for the document's text
     */
    ContextPrompt(int room) {
        var parts = shipped().split("--- (?:system|user)\n", -1);
        this.system = parts[1].strip();
        this.user = parts[2].strip();
        this.room = room;
    }

    /**
     * The messages for one passage.
     *
     * @param document all its passages in their order
     * @param at which of them
     */
    List<ChatMessage> messages(List<Passage> document, int at) {
        var passage = document.get(at);
        var text = UntrustedText.neutral(excerpt(document, at));
        var own = UntrustedText.neutral(passage.text());
        var above = UntrustedText.line(Context.above(passage), LONGEST_TITLE);
        var values = Map.of(
                "boundary",
                boundary(document),
                "document",
                "\"" + UntrustedText.line(passage.document(), LONGEST_TITLE) + "\"",
                "text",
                text,
                "above",
                above.isEmpty() ? "no heading" : "\"" + above + "\"",
                "passage",
                own);
        return List.of(SystemMessage.from(fill(system, values)), UserMessage.from(fill(user, values)));
    }

    private String excerpt(List<Passage> document, int at) {
        var texts = document.stream().map(ContextPrompt::underHeading).toList();
        var whole = String.join("\n\n", texts);
        if (whole.length() <= room) {
            return whole;
        }
        int begins = at == 0
                ? 0
                : texts.subList(0, at).stream()
                        .mapToInt(text -> text.length() + 2)
                        .sum();
        int beginning = (int) (room * BEGINNING);
        int around = room - beginning;
        int middle = begins + texts.get(at).length() / 2;
        int from = Math.clamp(middle - around / 2L, 0, whole.length() - around);
        return from <= beginning
                ? part(whole, 0, room)
                : part(whole, 0, beginning) + CUT + part(whole, from, from + around);
    }

    private static String underHeading(Passage passage) {
        var heading = String.join(" > ", passage.headings());
        return heading.isEmpty() ? passage.text() : heading + "\n" + passage.text();
    }

    /** No character of two chars is cut. */
    private static String part(String text, int from, int to) {
        int first = from > 0 && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
        int last = to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? to - 1 : to;
        return text.substring(first, last);
    }

    /** A word of which no document knows beforehand that it will be its fence; the same for all passages of one. */
    private static String boundary(List<Passage> document) {
        var text = document.stream().map(Passage::text).collect(Collectors.joining("\n"));
        var boundary = HexFormat.of().formatHex(sha256(NAME + "\n" + text), 0, BOUNDARY_BYTES);
        return text.contains(boundary)
                ? HexFormat.of().formatHex(sha256(boundary + text), 0, BOUNDARY_BYTES)
                : boundary;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** In one pass, so that a placeholder's name inside a document stays a document's text. */
    private static String fill(String part, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(part)
                .replaceAll(found -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(found.group(1)))));
    }

    private static String shipped() {
        try (var in = Objects.requireNonNull(ContextPrompt.class.getResourceAsStream(NAME + ".md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
