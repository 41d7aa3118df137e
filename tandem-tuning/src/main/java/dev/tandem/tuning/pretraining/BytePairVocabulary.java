package dev.tandem.tuning.pretraining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A byte-level byte-pair encoding. Token ids in files: the special tokens, then the 256 bytes, then the merges in the order
 * in which they were learned, which is also the order in which they are applied.
 *
 * @param special tokens that stand for themselves
 * @param merges what is joined; parts below 256 are bytes, {@code 256 + i} is what merge {@code i} made
 */
public record BytePairVocabulary(List<String> special, List<Merge> merges) {
    /** A pair of tokens that become one. */
    public record Merge(int left, int right) {}

    private static final int BYTES = 256;

    public BytePairVocabulary {
        special = List.copyOf(special);
        merges = List.copyOf(merges);
    }

    /** How many tokens there are. */
    public int size() {
        return special.size() + BYTES + merges.size();
    }

    /** A text's tokens as the written tokenizer gives them; special tokens are not looked for. */
    public int[] encode(String text) {
        var ranks = new HashMap<Merge, Integer>();
        for (int i = 0; i < merges.size(); i++) {
            ranks.put(merges.get(i), i);
        }
        var ids = new ArrayList<Integer>();
        for (var piece : BytePairTrainer.cut(text)) {
            var bytes = piece.getBytes(StandardCharsets.UTF_8);
            var parts = new int[bytes.length];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = Byte.toUnsignedInt(bytes[i]);
            }
            for (int id : merged(parts, ranks)) {
                ids.add(special.size() + id);
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] merged(int[] parts, Map<Merge, Integer> ranks) {
        var ids = parts;
        while (true) {
            int best = Integer.MAX_VALUE;
            int at = -1;
            for (int i = 0; i + 1 < ids.length; i++) {
                int rank = ranks.getOrDefault(new Merge(ids[i], ids[i + 1]), Integer.MAX_VALUE);
                if (rank < best) {
                    best = rank;
                    at = i;
                }
            }
            if (at < 0) {
                return ids;
            }
            ids = merge(ids, ids[at], ids[at + 1], BYTES + best);
        }
    }

    /** Every place where the two stand beside each other, from the left, becomes one token. */
    static int[] merge(int[] ids, int left, int right, int merged) {
        var joined = new int[ids.length];
        int length = 0;
        for (int i = 0; i < ids.length; i++) {
            if (i + 1 < ids.length && ids[i] == left && ids[i + 1] == right) {
                joined[length++] = merged;
                i++;
            } else {
                joined[length++] = ids[i];
            }
        }
        return java.util.Arrays.copyOf(joined, length);
    }

    /**
     * Writes {@code tokenizer.json} and {@code tokenizer_config.json}, as Hugging Face's tokenizers read them.
     *
     * @param folder which is made if it is not there
     * @param settings chat template and the special tokens' roles ({@code eos_token}, ...), by their names in the file
     */
    public void write(Path folder, Map<String, String> settings) {
        var json = new ObjectMapper();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("tokenizer.json"), pretty(json, tokenizer(json)));
            var config = json.createObjectNode();
            config.put("tokenizer_class", "PreTrainedTokenizerFast");
            config.put("clean_up_tokenization_spaces", false);
            settings.forEach(config::put);
            Files.writeString(folder.resolve("tokenizer_config.json"), pretty(json, config));
        } catch (IOException e) {
            throw new MendableException(
                    "The tokenizer cannot be written to " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    private static String pretty(ObjectMapper json, ObjectNode node) throws JsonProcessingException {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    }

    private ObjectNode tokenizer(ObjectMapper mapper) {
        var json = mapper.createObjectNode();
        json.put("version", "1.0").putNull("truncation").putNull("padding");
        var added = json.putArray("added_tokens");
        for (int id = 0; id < special.size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", special.get(id))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        json.putNull("normalizer");
        var before = json.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        var cut = before.addObject().put("type", "Split");
        cut.putObject("pattern").put("Regex", BytePairTrainer.CUT);
        cut.put("behavior", "Isolated").put("invert", false);
        byteLevel(before.addObject());
        json.putNull("post_processor");
        byteLevel(json.putObject("decoder"));
        var model = json.putObject("model").put("type", "BPE");
        for (var name : List.of("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix")) {
            model.putNull(name);
        }
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        var vocabulary = model.putObject("vocab");
        for (var token : special) {
            vocabulary.put(token, vocabulary.size());
        }
        var texts = new ArrayList<String>();
        for (int each = 0; each < BYTES; each++) {
            texts.add(letter(each));
            vocabulary.put(texts.getLast(), vocabulary.size());
        }
        var pairs = model.putArray("merges");
        for (var merge : merges) {
            var left = texts.get(merge.left());
            var right = texts.get(merge.right());
            pairs.addArray().add(left).add(right);
            texts.add(left + right);
            vocabulary.put(texts.getLast(), vocabulary.size());
        }
        return json;
    }

    private static void byteLevel(ObjectNode node) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
    }

    /** The visible character that stands for a byte in the files: GPT-2's table. */
    private static String letter(int value) {
        if (visible(value)) {
            return Character.toString(value);
        }
        int before = 0;
        for (int each = 0; each < value; each++) {
            before += visible(each) ? 0 : 1;
        }
        return Character.toString(BYTES + before);
    }

    private static boolean visible(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xa1 && value <= 0xac) || (value >= 0xae && value <= 0xff);
    }
}
