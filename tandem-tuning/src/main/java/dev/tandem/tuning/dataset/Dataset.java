package dev.tandem.tuning.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.ExampleFiles;
import dev.tandem.tuning.example.Form;
import dev.tandem.tuning.example.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Training examples from a file in any {@link Form}. Prompts and completions are taken as they are, without the chat
 * template; of texts all is learned. What is learned of the others is what the assistant says and that it ends there; a turn
 * with {@code "weight": 0} is not learned, nor is the rejected answer of a preference pair.
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
        var reading = new Reading(file, tokenizer, most);
        ExampleFiles.read(file, reading::add);
        reading.tokenise();
        if (reading.examples.isEmpty()) {
            throw new MendableException("All examples of " + file + " are longer than " + most
                    + " tokens before their answers begin: raise --max-length.");
        }
        return new Dataset(reading.examples, reading.cut, reading.dropped);
    }

    /** What has been read so far; examples become tokens many at a time, on all cores. */
    private static final class Reading {
        private static final int AT_ONCE = 4_096;

        private final Path file;
        private final Tokenizer tokenizer;
        private final int most;
        private final List<Example> waiting = new ArrayList<>();
        private final List<TokenExample> examples = new ArrayList<>();
        private int cut;
        private int dropped;

        Reading(Path file, Tokenizer tokenizer, int most) {
            this.file = file;
            this.tokenizer = tokenizer;
            this.most = most;
        }

        void add(Example read) {
            waiting.add(read);
            if (waiting.size() == AT_ONCE) {
                tokenise();
            }
        }

        void tokenise() {
            var made = waiting.parallelStream().map(this::tokens).toList();
            waiting.clear();
            made.forEach(tokens -> add(tokens.get()));
        }

        /** A fault is kept until its turn comes, so that it is always the file's first that is told. */
        private Supplier<List<TokenExample>> tokens(Example read) {
            try {
                var tokens = new Tokens(file, read, tokenizer).examples();
                return () -> tokens;
            } catch (MendableException e) {
                return () -> {
                    throw e;
                };
            }
        }

        private void add(List<TokenExample> tokens) {
            for (var example : tokens) {
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
    }

    private static TokenExample shortened(TokenExample example, int most) {
        return new TokenExample(Arrays.copyOf(example.ids(), most), Arrays.copyOf(example.learned(), most));
    }

    /** One example as tokens. */
    private record Tokens(Path file, Example example, Tokenizer tokenizer) {

        List<TokenExample> examples() {
            return switch (example.form()) {
                case COMPLETION -> List.of(completion(example.question(), example.answer()));
                case TEXT -> List.of(text(example.answer()));
                case CHAT, ALPACA, SHAREGPT, PREFERENCE, OPENAI_PREFERENCE -> chat(messages());
            };
        }

        private List<Map<String, Object>> messages() {
            var messages = new ArrayList<Map<String, Object>>();
            for (var each : example.messages()) {
                int number = messages.size() + 1;
                if (each.callsTools()) {
                    throw error("message " + number + " calls tools, which cannot be tuned: leave the example out");
                }
                if (each.content().isEmpty() || !textOnly(each.more().get("content"))) {
                    throw error("message " + number + " has no text as \"content\", or more than text");
                }
                var message = new LinkedHashMap<String, Object>();
                message.put("role", role(each));
                message.put("content", each.content());
                message.put("weight", each.role() == Message.Role.ASSISTANT && !each.learned() ? 0 : 1);
                messages.add(message);
            }
            if (messages.stream().noneMatch(Tokens::learned)) {
                throw error("no message of the assistant is to be learned");
            }
            return messages;
        }

        private static boolean textOnly(@Nullable JsonNode parts) {
            return parts == null
                    || !parts.isArray()
                    || parts.valueStream()
                            .allMatch(part -> part.isTextual()
                                    || part.path("type").asText("").equals("text"));
        }

        private static String role(Message message) {
            var written = message.more().get("role");
            return written == null ? message.role().name().toLowerCase(Locale.ROOT) : written.asText();
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
            ids.add(Arrays.copyOf(answer, learned), true);
            if (learned == answer.length && end == answer.length) {
                // A template that ends turns by no token of its own: the model must still learn where to stop.
                ids.add(new int[] {tokenizer.end()}, true);
            } else {
                ids.add(Arrays.copyOfRange(answer, learned, answer.length), false);
            }
        }

        private TokenExample completion(String prompt, String completion) {
            var ids = new TokenList();
            ids.add(tokenizer.encode(prompt, true), false);
            ids.add(tokenizer.encode(completion, false), true);
            ids.add(new int[] {tokenizer.end()}, true);
            return ids.example();
        }

        private TokenExample text(String text) {
            var ids = new TokenList();
            ids.add(tokenizer.encode(text, true), true);
            ids.add(new int[] {tokenizer.end()}, true);
            return ids.example();
        }

        private MendableException error(String what) {
            return new MendableException(file + ", line " + example.line() + ": " + what + ".");
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
