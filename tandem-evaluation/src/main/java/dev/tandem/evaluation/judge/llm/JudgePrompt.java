package dev.tandem.evaluation.judge.llm;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.answering.prompt.UntrustedText;
import dev.tandem.foundation.WellFormedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One wording: a text file of a system and a user part. All that stands in its placeholders is text of others, fenced by a
 * word that depends on it, so that no text can hold its own fence; <code>{{name:numbered}}</code> is a fenced list, an item a
 * line. The two that are not data are <code>{{boundary}}</code> and <code>{{count}}</code>, the number of things wanted.
 * Immutable.
 */
record JudgePrompt(String name, String system, String user) {
    /** Of all wordings together; a changed wording raises it, so that scores stay comparable. */
    static final String VERSION = "v1";

    private static final int BOUNDARY_CHARS = 12;
    private static final Pattern PARTS =
            Pattern.compile("\\A--- system\\n(.*?)^--- user\\n(.*)\\z", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z_]+)(:numbered)?}}");

    /** One that ships. */
    static JudgePrompt shipped(String title) {
        var name = title + "-" + VERSION;
        try (var in = Objects.requireNonNull(JudgePrompt.class.getResourceAsStream(name + ".md"), name)) {
            var parts = PARTS.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            if (!parts.matches()) {
                throw new IllegalStateException(name + " lacks its two parts");
            }
            return new JudgePrompt(name, parts.group(1).strip(), parts.group(2).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the model is asked.
     *
     * @param texts by placeholder; several texts of one that is not numbered stand in fences of their own
     * @param count how many things are wanted
     */
    List<ChatMessage> messages(Map<String, List<String>> texts, int count) {
        var boundary = boundary(texts);
        return List.of(
                SystemMessage.from(fill(system, texts, boundary, count)),
                UserMessage.from(fill(user, texts, boundary, count)));
    }

    /** In one pass, so that a placeholder's name inside a text stays text. */
    private String fill(String part, Map<String, List<String>> texts, String boundary, int count) {
        return PLACEHOLDER
                .matcher(part)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "boundary" -> boundary;
                            case "count" -> String.valueOf(count);
                            default -> {
                                var some =
                                        Objects.requireNonNull(texts.get(found.group(1)), name + ": " + found.group(1));
                                yield found.group(2) == null ? blocks(some, boundary) : numbered(some, boundary);
                            }
                        }));
    }

    private static String blocks(List<String> texts, String boundary) {
        var blocks = texts.stream()
                .map(text ->
                        fenced(UntrustedText.neutral(WellFormedText.of(text).strip()), boundary))
                .toList();
        return String.join("\n\n", blocks);
    }

    /** An item a line: a line break inside of one could pose as the next item's number. */
    private static String numbered(List<String> texts, String boundary) {
        var list = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            list.append(i == 0 ? "" : "\n").append(i + 1).append(". ").append(line(texts.get(i)));
        }
        return fenced(list.toString(), boundary);
    }

    private static String line(String text) {
        var whole = WellFormedText.of(text);
        return UntrustedText.line(whole, Math.max(1, whole.length()));
    }

    private static String fenced(String text, String boundary) {
        return "<<" + boundary + "\n" + text + "\n" + boundary + ">>";
    }

    /** Nobody can write a text that holds a hash of itself and of texts that he does not know. */
    private static String boundary(Map<String, List<String>> texts) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(texts)
                    .values()
                    .forEach(some -> some.forEach(text -> hash.update((text + '\0').getBytes(StandardCharsets.UTF_8))));
            return "DATA-" + HexFormat.of().formatHex(hash.digest()).substring(0, BOUNDARY_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
