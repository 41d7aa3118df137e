package dev.tandem.tuning.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Training examples from a JSON lines file: OpenAI's chat form, {@code {"messages": [{"role", "content"}, ...]}}, or
 * {@code {"prompt", "completion"}}, or {@code {"text"}}, of which all is learned. What is learned of the others is what the
 * assistant says and that it ends there; a turn with {@code "weight": 0} is not learned.
 *
 * <p>Which tokens those are is found by rendering the conversation up to before and up to after each turn: the template
 * needs no marks of its own. Each part is turned into tokens by itself, so that a prompt's tokens are those that the model
 * will see when it answers.
 *
 * @param examples in the order of the file
 * @param cut how many were longer than allowed and lost their ends
 * @param dropped how many had nothing left to learn then
 */
public record Dataset(List<TokenExample> examples, int cut, int dropped) {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    public Dataset {
        examples = List.copyOf(examples);
    }

    /** How many tokens are learned in one pass. */
    public long learnedTokens() {
        return examples.stream().mapToLong(TokenExample::learnedTokens).sum();
    }

    /**
     * Reads a file.
     *
     * @param most tokens of an example
     * @throws MendableException with file and line where an example is malformed, or if none is left
     */
    public static Dataset read(Path file, Tokenizer tokenizer, int most) {
        var examples = new ArrayList<TokenExample>();
        int cut = 0;
        int dropped = 0;
        int number = 0;
        for (var line : lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            for (var example : new Line(file, number, tokenizer).examples(line)) {
                boolean tooLong = example.length() > most;
                var kept = tooLong ? shortened(example, most) : example;
                cut += tooLong ? 1 : 0;
                if (kept.learnedTokens() > 0) {
                    examples.add(kept);
                } else {
                    dropped++;
                }
            }
        }
        if (examples.isEmpty()) {
            throw new MendableException(
                    dropped > 0
                            ? "All examples of " + file + " are longer than " + most
                                    + " tokens before their answers begin:" + " raise --max-length."
                            : file + " holds no examples: write one JSON object a line.");
        }
        return new Dataset(examples, cut, dropped);
    }

    private static TokenExample shortened(TokenExample example, int most) {
        return new TokenExample(
                java.util.Arrays.copyOf(example.ids(), most), java.util.Arrays.copyOf(example.learned(), most));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new MendableException(file + " is not UTF-8 text: save it in that encoding.", e);
        } catch (IOException e) {
            throw new MendableException("Cannot read " + file + ": check that it is a file that you may read.", e);
        }
    }

    /** One line of the file. */
    private record Line(Path file, int number, Tokenizer tokenizer) {

        List<TokenExample> examples(String line) {
            JsonNode node;
            try {
                node = JSON.readTree(line);
            } catch (JsonProcessingException e) {
                throw error("the line is no JSON ("
                        + e.getOriginalMessage().lines().findFirst().orElse("") + ")");
            }
            if (node.has("messages")) {
                return chat(messages(node.get("messages")));
            }
            if (node.path("prompt").isTextual() && node.path("completion").isTextual()) {
                return List.of(completion(
                        node.get("prompt").asText(), node.get("completion").asText()));
            }
            if (node.path("text").isTextual()) {
                return List.of(text(node.get("text").asText()));
            }
            throw error("an example needs \"messages\", or \"prompt\" and \"completion\", or \"text\"");
        }

        private List<Map<String, Object>> messages(JsonNode node) {
            if (!node.isArray() || node.isEmpty()) {
                throw error("\"messages\" must be a list of messages");
            }
            var messages = new ArrayList<Map<String, Object>>();
            for (var each : node) {
                var role = each.path("role").asText("");
                if (!List.of("system", "user", "assistant", "tool", "developer").contains(role)) {
                    throw error("the role \"" + role + "\" is unknown (system, user, assistant, tool)");
                }
                if (!each.path("content").isTextual()
                        || each.get("content").asText().isEmpty()) {
                    throw error("message " + (messages.size() + 1) + " has no text as \"content\"");
                }
                var message = new LinkedHashMap<String, Object>();
                message.put("role", role);
                message.put("content", each.get("content").asText());
                message.put("weight", each.path("weight").asInt(1));
                messages.add(message);
            }
            if (messages.stream().noneMatch(Line::learned)) {
                throw error("no message of the assistant is to be learned");
            }
            return messages;
        }

        private static boolean learned(Map<String, Object> message) {
            return "assistant".equals(message.get("role"))
                    && !Integer.valueOf(0).equals(message.get("weight"));
        }

        private List<TokenExample> chat(List<Map<String, Object>> messages) {
            var whole = tokenizer.chat(messages, false);
            var ids = new TokenList();
            int at = 0;
            for (int i = 0; i < messages.size(); i++) {
                if (!learned(messages.get(i))) {
                    continue;
                }
                var before = tokenizer.chat(messages.subList(0, i), true);
                var after = tokenizer.chat(messages.subList(0, i + 1), false);
                if (!after.startsWith(before)) {
                    throw error("the chat template writes an answer otherwise than it begins one: give \"prompt\" and"
                            + " \"completion\" instead");
                }
                if (before.length() < at || !whole.startsWith(after)) {
                    // Templates that rewrite earlier turns, as by dropping what was thought: a turn an example.
                    return eachTurnAlone(messages);
                }
                ids.add(tokenizer.encode(whole.substring(at, before.length()), false), false);
                addAnswer(ids, after.substring(before.length()));
                at = after.length();
            }
            return List.of(ids.example());
        }

        private List<TokenExample> eachTurnAlone(List<Map<String, Object>> messages) {
            var examples = new ArrayList<TokenExample>();
            for (int i = 0; i < messages.size(); i++) {
                if (learned(messages.get(i))) {
                    var before = tokenizer.chat(messages.subList(0, i), true);
                    var ids = new TokenList();
                    ids.add(tokenizer.encode(before, false), false);
                    addAnswer(
                            ids,
                            tokenizer.chat(messages.subList(0, i + 1), false).substring(before.length()));
                    examples.add(ids.example());
                }
            }
            return examples;
        }

        /** The answer and the token that ends it are learned; what the template writes behind that is not. */
        private void addAnswer(TokenList ids, String text) {
            var answer = tokenizer.encode(text, false);
            int end = 0;
            while (end < answer.length && !tokenizer.ends().contains(answer[end])) {
                end++;
            }
            int learned = Math.min(answer.length, end + 1);
            ids.add(java.util.Arrays.copyOf(answer, learned), true);
            if (learned == answer.length && end == answer.length) {
                // A template that ends turns by no token of its own: the model must still learn where to stop.
                ids.add(new int[] {tokenizer.end()}, true);
            } else {
                ids.add(java.util.Arrays.copyOfRange(answer, learned, answer.length), false);
            }
        }

        private TokenExample completion(String prompt, String completion) {
            if (completion.isEmpty()) {
                throw error("the completion is empty");
            }
            var ids = new TokenList();
            ids.add(tokenizer.encode(prompt, true), false);
            ids.add(tokenizer.encode(completion, false), true);
            ids.add(new int[] {tokenizer.end()}, true);
            return ids.example();
        }

        private TokenExample text(String text) {
            if (text.isEmpty()) {
                throw error("the text is empty");
            }
            var ids = new TokenList();
            ids.add(tokenizer.encode(text, true), true);
            ids.add(new int[] {tokenizer.end()}, true);
            return ids.example();
        }

        private MendableException error(String what) {
            return new MendableException(file + ", line " + number + ": " + what + ".");
        }
    }

    /** Tokens as they are gathered. */
    private static final class TokenList {
        private final List<Integer> ids = new ArrayList<>();
        private final List<Boolean> learned = new ArrayList<>();

        void add(int[] more, boolean isLearned) {
            for (int id : more) {
                ids.add(id);
                learned.add(isLearned);
            }
        }

        TokenExample example() {
            var marks = new boolean[learned.size()];
            for (int i = 0; i < marks.length; i++) {
                marks[i] = learned.get(i);
            }
            return new TokenExample(ids.stream().mapToInt(Integer::intValue).toArray(), marks);
        }
    }
}
