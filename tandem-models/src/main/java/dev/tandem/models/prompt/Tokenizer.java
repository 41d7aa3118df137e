package dev.tandem.models.prompt;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WellFormedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model's tokenizer and what belongs to it in a folder in Hugging Face's layout: {@code tokenizer.json}, special tokens,
 * the tokens that end an answer, and the chat template. Safe for use by many threads; owns native memory.
 */
public final class Tokenizer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HuggingFaceTokenizer plain;
    private final HuggingFaceTokenizer withSpecial;
    private final Map<String, String> specialTokens;
    private final Set<Integer> ends;
    private final Optional<ChatTemplate> template;

    private Tokenizer(
            HuggingFaceTokenizer plain,
            HuggingFaceTokenizer withSpecial,
            Map<String, String> specialTokens,
            Set<Integer> ends,
            Optional<ChatTemplate> template) {
        this.plain = plain;
        this.withSpecial = withSpecial;
        this.specialTokens = specialTokens;
        this.ends = ends;
        this.template = template;
    }

    /**
     * Opens a folder's tokenizer.
     *
     * @throws MendableException if {@code tokenizer.json} is missing, damaged, or of a kind that is unknown
     */
    public static Tokenizer open(Path folder) {
        var file = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new MendableException(
                    "The folder " + folder + " has no tokenizer.json: fetch the whole model with"
                            + " `tandem model pull`; models with only tokenizer.model must be converted with transformers first.");
        }
        var settings = read(folder.resolve("tokenizer_config.json"));
        var specialTokens = new LinkedHashMap<String, String>();
        for (var name : List.of("bos_token", "eos_token", "pad_token", "unk_token")) {
            var node = settings.path(name);
            var text = node.isTextual() ? node.asText() : node.path("content").asText("");
            specialTokens.put(name, text);
        }
        var plain = load(file, false);
        return new Tokenizer(
                plain, load(file, true), specialTokens, ends(folder, plain, specialTokens), template(folder, settings));
    }

    private static HuggingFaceTokenizer load(Path file, boolean special) {
        try {
            return HuggingFaceTokenizer.newInstance(
                    file,
                    Map.of(
                            "addSpecialTokens",
                            Boolean.toString(special),
                            "padding",
                            "false",
                            "truncation",
                            "false",
                            "modelMaxLength",
                            Integer.toString(Integer.MAX_VALUE)));
        } catch (IOException | RuntimeException e) {
            throw new MendableException(file + " cannot be read: " + e.getMessage() + ". Fetch the model again.", e);
        }
    }

    /** Every token that ends an answer: generation_config.json's and config.json's, and the tokenizer's own. */
    private static Set<Integer> ends(Path folder, HuggingFaceTokenizer tokenizer, Map<String, String> specialTokens) {
        var ends = new LinkedHashSet<Integer>();
        var own = specialTokens.getOrDefault("eos_token", "");
        if (!own.isEmpty()) {
            var ids = tokenizer.encode(own).getIds();
            if (ids.length == 1) {
                ends.add((int) ids[0]);
            }
        }
        for (var name : List.of("generation_config.json", "config.json")) {
            var node = read(folder.resolve(name)).path("eos_token_id");
            if (node.isInt()) {
                ends.add(node.intValue());
            }
            node.forEach(each -> ends.add(each.intValue()));
        }
        return ends;
    }

    private static Optional<ChatTemplate> template(Path folder, JsonNode settings) {
        var file = folder.resolve("chat_template.jinja");
        try {
            if (Files.isRegularFile(file)) {
                return Optional.of(ChatTemplate.parse(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new MendableException(file + " cannot be read: " + e.getMessage(), e);
        }
        var inside = settings.path("chat_template");
        if (inside.isArray()) {
            for (var each : inside) {
                if (each.path("name").asText().equals("default")) {
                    inside = each.path("template");
                    break;
                }
            }
        }
        return inside.isTextual() ? Optional.of(ChatTemplate.parse(inside.asText())) : Optional.empty();
    }

    private static JsonNode read(Path file) {
        if (!Files.isRegularFile(file)) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new MendableException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * A text's tokens.
     *
     * @param text half a surrogate pair in it counts as U+FFFD
     * @param special whether the tokenizer adds what it adds to a text by itself, such as a first token; not for texts that a
     *     chat template made, which has put them there
     */
    public int[] encode(String text, boolean special) {
        return text.isEmpty() && !special
                ? new int[0]
                : Arrays.stream((special ? withSpecial : plain)
                                .encode(WellFormedText.of(text))
                                .getIds())
                        .mapToInt(Math::toIntExact)
                        .toArray();
    }

    /** The text of tokens; special tokens are left out. */
    public String decode(int[] ids) {
        return ids.length == 0
                ? ""
                : plain.decode(Arrays.stream(ids).asLongStream().toArray(), true);
    }

    /** The tokens that end an answer. */
    public Set<Integer> ends() {
        return ends;
    }

    /** The first of them that the tokenizer itself names, which completions are taught to end with. */
    public int end() {
        if (ends.isEmpty()) {
            throw new MendableException("The model's files name no token that ends a text (eos_token): add it to"
                    + " tokenizer_config.json.");
        }
        return ends.iterator().next();
    }

    /** Whether the model has a chat template. */
    public boolean chats() {
        return template.isPresent();
    }

    /** Whether the chat template has a place for the functions that the model may call. */
    public boolean knowsTools() {
        return template.filter(ChatTemplate::knowsTools).isPresent();
    }

    /**
     * A conversation's text.
     *
     * @param answerBegins whether it ends where the assistant's answer begins
     * @throws MendableException if the model has no template, or the template refuses the conversation
     */
    public String chat(List<? extends Map<String, ?>> messages, boolean answerBegins) {
        return chat(messages, List.of(), answerBegins);
    }

    /**
     * The same with functions that the model may call.
     *
     * @param tools in OpenAI's form
     */
    public String chat(
            List<? extends Map<String, ?>> messages, List<? extends Map<String, ?>> tools, boolean answerBegins) {
        return template.orElseThrow(() -> new MendableException(
                        "This model has no chat template: give plain prompts instead of messages."))
                .render(messages, tools, answerBegins, specialTokens);
    }

    @Override
    public void close() {
        plain.close();
        withSpecial.close();
    }
}
