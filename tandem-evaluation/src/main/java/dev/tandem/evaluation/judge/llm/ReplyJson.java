package dev.tandem.evaluation.judge.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.evaluation.testset.Shortened;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The JSON object of a model's reply. Thoughts, text and a code fence around it are passed over; the first brace must begin a
 * whole object. Nothing is searched inside of one that is broken, where quoted text could pose as the verdict.
 */
final class ReplyJson {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();
    private static final Pattern THOUGHTS = Pattern.compile("\\A\\s*<think>.*?</think>", Pattern.DOTALL);
    private static final Pattern FENCED = Pattern.compile("```(?:json|JSON)?\\s*\\n(.*?)\\n?```", Pattern.DOTALL);

    private ReplyJson() {}

    /** @throws UnusableReply if there is none */
    static JsonNode object(String reply) {
        var text = THOUGHTS.matcher(reply).replaceFirst("");
        var fenced = FENCED.matcher(text);
        if (fenced.find() && text.indexOf('{') > fenced.start()) {
            text = fenced.group(1);
        }
        int brace = text.indexOf('{');
        if (brace < 0) {
            throw new UnusableReply(
                    reply.isBlank()
                            ? "the reply is empty"
                            : "the reply holds no JSON object (it begins: " + Shortened.of(reply.strip()) + ")");
        }
        try (var parser = JSON.createParser(text.substring(brace))) {
            return parser.readValueAsTree();
        } catch (JsonProcessingException e) {
            throw new UnusableReply(
                    "the reply's JSON is broken or incomplete (" + Shortened.of(e.getOriginalMessage()) + ")");
        } catch (IOException e) {
            throw new IllegalStateException("a text cannot fail to be read", e);
        }
    }

    /** A field that holds a list. */
    static JsonNode list(JsonNode object, String field) {
        var list = object.path(field);
        if (!list.isArray()) {
            throw new UnusableReply("the list \"" + field + "\" is missing");
        }
        return list;
    }

    /** A field that holds a list of texts with words in them. */
    static List<String> texts(JsonNode object, String field) {
        var texts = new ArrayList<String>();
        for (var each : list(object, field)) {
            if (!each.isTextual() || each.asText().isBlank()) {
                throw new UnusableReply("\"" + field + "\" holds what is no text: " + Shortened.of(each.toString()));
            }
            texts.add(each.asText().strip());
        }
        return texts;
    }

    /** A field that holds a whole number of a range; a truth value is read as 1 or 0 where those are the range. */
    static int number(JsonNode object, String field, int least, int most) {
        var value = object.path(field);
        if (value.isBoolean() && least == 0 && most == 1) {
            return value.asBoolean() ? 1 : 0;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < least || value.asInt() > most) {
            throw new UnusableReply("\"" + field + "\" is "
                    + (value.isMissingNode() ? "missing" : Shortened.of(value.toString()))
                    + ", not a whole number from " + least + " to " + most);
        }
        return value.asInt();
    }
}
