package dev.tandem.decoder.constraint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tandem.foundation.MendableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tokens in a {@code tokenizer.json}, and how its decoder makes bytes of them. */
final class VocabularyFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<Integer, String> pieces = new HashMap<>();
    private final Set<Integer> special = new HashSet<>();
    private JsonNode decoder = MissingNode.getInstance();

    /** How the text of a token tells its bytes. */
    private record Spelling(boolean byteLevel, boolean underscores, boolean byteTokens) {}

    private VocabularyFile(Path file) {
        this.file = file;
    }

    /** @throws MendableException if the file cannot be read or its decoder is none that is known */
    static VocabularyFile read(Path file) {
        var read = new VocabularyFile(file);
        try (var parser = JSON.createParser(file.toFile())) {
            read.document(parser);
        } catch (IOException e) {
            throw new MendableException(file + " cannot be read: " + e.getMessage() + ". Fetch the model again.", e);
        }
        return read;
    }

    /** Token by token, since the merges, which are not needed, are most of the file. */
    private void document(JsonParser parser) throws IOException {
        parser.nextToken();
        String unknown = "";
        int unknownId = -1;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "added_tokens" -> added(JSON.readTree(parser));
                case "decoder" -> decoder = JSON.readTree(parser);
                case "model" -> {
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        var field = parser.currentName();
                        parser.nextToken();
                        switch (field) {
                            case "vocab" -> vocabulary(parser);
                            case "unk_token" -> unknown = parser.getValueAsString("");
                            case "unk_id" -> unknownId = parser.getValueAsInt(-1);
                            default -> parser.skipChildren();
                        }
                    }
                }
                default -> parser.skipChildren();
            }
        }
        var hidden = unknown;
        special.add(unknownId);
        pieces.forEach((id, piece) -> {
            if (!hidden.isEmpty() && piece.equals(hidden)) {
                special.add(id);
            }
        });
    }

    private void added(JsonNode tokens) {
        for (var token : tokens) {
            int id = token.path("id").asInt();
            pieces.put(id, token.path("content").asText());
            if (token.path("special").asBoolean()) {
                special.add(id);
            }
        }
    }

    /** Pieces to numbers, or for unigram models a list of pieces with their scores. */
    private void vocabulary(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var piece = parser.currentName();
                parser.nextToken();
                pieces.put(parser.getIntValue(), piece);
            }
        } else {
            for (int id = 0; parser.nextToken() == JsonToken.START_ARRAY; id++) {
                parser.nextToken();
                pieces.put(id, parser.getText());
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    // A score says nothing about bytes.
                }
            }
        }
    }

    /** The bytes of every token that is not special and not empty. */
    Map<Integer, byte[]> bytes() {
        var spelling = spelling();
        var alphabet = byteLevelAlphabet();
        var tokens = new HashMap<Integer, byte[]>();
        pieces.forEach((id, piece) -> {
            var bytes = spelling.byteLevel() ? byteLevel(piece, alphabet) : pieceBytes(piece, spelling);
            if (!special.contains(id) && bytes.length > 0) {
                tokens.put(id, bytes);
            }
        });
        return tokens;
    }

    private Spelling spelling() {
        var spelling = new Spelling(false, false, false);
        for (var part : parts(decoder)) {
            spelling = switch (part.path("type").asText()) {
                case "ByteLevel" -> new Spelling(true, false, false);
                case "ByteFallback" -> new Spelling(spelling.byteLevel(), spelling.underscores(), true);
                case "Metaspace" -> new Spelling(spelling.byteLevel(), true, spelling.byteTokens());
                case "Replace" -> {
                    if (!part.path("pattern").path("String").asText().equals("\u2581")
                            || !part.path("content").asText().equals(" ")) {
                        throw unknown(part);
                    }
                    yield new Spelling(spelling.byteLevel(), true, spelling.byteTokens());
                }
                case "Fuse", "Strip" -> spelling;
                default -> throw unknown(part);
            };
        }
        return spelling;
    }

    private MendableException unknown(JsonNode part) {
        return new MendableException(file + " has a decoder that constrained output does not know, " + part
                + ": generate without a schema.");
    }

    private static List<JsonNode> parts(JsonNode decoder) {
        var parts = new ArrayList<JsonNode>();
        if (decoder.path("type").asText().equals("Sequence")) {
            decoder.path("decoders").forEach(each -> parts.addAll(parts(each)));
        } else {
            parts.add(decoder);
        }
        return parts;
    }

    /** As the tokenizers library does, a piece with a character that stands for no byte is taken for itself. */
    private static byte[] byteLevel(String piece, Map<Integer, Integer> alphabet) {
        var bytes = new ByteArrayOutputStream();
        for (int character : piece.codePoints().toArray()) {
            var value = alphabet.get(character);
            if (value == null) {
                return piece.getBytes(StandardCharsets.UTF_8);
            }
            bytes.write(value);
        }
        return bytes.toByteArray();
    }

    /** GPT-2's characters for bytes: printable ones stand for themselves, the others are moved up from 256. */
    private static Map<Integer, Integer> byteLevelAlphabet() {
        var alphabet = new HashMap<Integer, Integer>();
        int moved = 256;
        for (int value = 0; value < 256; value++) {
            boolean itself = (value >= '!' && value <= '~') || (value >= 0xa1 && value <= 0xff && value != 0xad);
            alphabet.put(itself ? value : moved++, value);
        }
        return alphabet;
    }

    private static byte[] pieceBytes(String piece, Spelling spelling) {
        if (spelling.byteTokens() && piece.matches("<0x[0-9A-Fa-f]{2}>")) {
            return new byte[] {(byte) Integer.parseInt(piece.substring(3, 5), 16)};
        }
        return (spelling.underscores() ? piece.replace('\u2581', ' ') : piece).getBytes(StandardCharsets.UTF_8);
    }
}
