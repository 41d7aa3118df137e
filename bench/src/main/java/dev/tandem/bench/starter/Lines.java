package dev.tandem.bench.starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.regex.Pattern;

/** Training examples as JSON lines, and the two ways in which texts are written. */
final class Lines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SENTENCE = Pattern.compile("(^|[.?!] )([a-z])");

    private Lines() {}

    /** A text, of which all is learned: said by the assistant, unasked, so that the file has one form. */
    static String text(String text) {
        var line = JSON.createObjectNode();
        line.putArray("messages").addObject().put("role", "assistant").put("content", text);
        return json(line);
    }

    /** A question and its answer, of which the answer is learned. */
    static String chat(String user, String assistant) {
        var line = JSON.createObjectNode();
        var messages = line.putArray("messages");
        messages.addObject().put("role", "user").put("content", user);
        messages.addObject().put("role", "assistant").put("content", assistant);
        return json(line);
    }

    private static String json(com.fasterxml.jackson.databind.JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Words apart and in lower case, as in dialogue corpora, to the usual way of writing; names are given capitals. */
    static String written(String words, java.util.Collection<String> names) {
        var text = words;
        for (var name : names) {
            text = text.replace(name, capitals(name));
        }
        text = text.replace(" ,", ",")
                .replace(" .", ".")
                .replace(" ?", "?")
                .replace(" 's", "'s")
                .replace(" -s", "s");
        text = SENTENCE.matcher(text)
                .replaceAll(match -> match.group(1) + match.group(2).toUpperCase(Locale.ROOT));
        return text.endsWith("?") || text.endsWith(".") ? text : text + ".";
    }

    static String capitals(String words) {
        return Pattern.compile("(^| )([a-z])")
                .matcher(words)
                .replaceAll(match -> match.group(1) + match.group(2).toUpperCase(Locale.ROOT))
                .replace(" 'S", " 's");
    }
}
