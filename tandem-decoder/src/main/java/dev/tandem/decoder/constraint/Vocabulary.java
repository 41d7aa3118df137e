package dev.tandem.decoder.constraint;

import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A model's tokens by the bytes that they stand for. Unchanging; safe for use by many threads. */
public final class Vocabulary {
    private final Map<Integer, byte[]> tokens;
    private final Set<Integer> ends;
    private final TokenTrie trie;

    private Vocabulary(Map<Integer, byte[]> tokens, Set<Integer> ends) {
        this.tokens = tokens;
        this.ends = ends;
        var list = new ArrayList<TokenTrie.Token>();
        tokens.forEach((id, bytes) -> list.add(new TokenTrie.Token(id, bytes)));
        trie = new TokenTrie(list);
    }

    /**
     * Reads the vocabulary of a folder's {@code tokenizer.json}, without special tokens.
     *
     * @param ends the tokens that end a text
     * @throws MendableException if the file cannot be read, if it is of a kind whose tokens' bytes are unknown, or if a character
     *     of ASCII has no token of its own, since a constraint could then lead to where no token goes on
     */
    public static Vocabulary open(Path folder, Set<Integer> ends) {
        var file = folder.resolve("tokenizer.json");
        var tokens = new HashMap<>(VocabularyFile.read(file).bytes());
        tokens.keySet().removeAll(ends);
        var single = new boolean[128];
        tokens.values().stream()
                .filter(bytes -> bytes.length == 1 && bytes[0] >= 0)
                .forEach(bytes -> single[bytes[0]] = true);
        for (char character = ' '; character <= '~'; character++) {
            if (!single[character]) {
                throw new MendableException(file + " has no token for " + character
                        + " alone, so not all JSON can be written with it: generate without a schema.");
            }
        }
        return new Vocabulary(Map.copyOf(tokens), Set.copyOf(ends));
    }

    /** What a token stands for; nothing for special tokens and unknown ones. */
    byte[] bytes(int token) {
        return tokens.getOrDefault(token, new byte[0]);
    }

    Set<Integer> ends() {
        return ends;
    }

    TokenTrie trie() {
        return trie;
    }
}
