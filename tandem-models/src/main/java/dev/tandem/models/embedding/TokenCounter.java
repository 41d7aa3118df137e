package dev.tandem.models.embedding;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Counts the tokens of texts, uncut and without special ones. Safe for use by many threads. */
final class TokenCounter {
    /** Words whose tokens are remembered; a language's frequent ones come early, so that a full table needs no cleaning. */
    private static final int KNOWN_WORDS = 50_000;

    private static final int KNOWN_WORD_CHARS = 24;

    private final Supplier<HuggingFaceTokenizer> opened;
    private final boolean spacesPart;
    private final ConcurrentHashMap<String, Integer> wordTokens = new ConcurrentHashMap<>();
    private Optional<HuggingFaceTokenizer> tokenizer = Optional.empty();

    /**
     * Makes a counter.
     *
     * @param opened makes the tokenizer, one that does not cut, on first use: a question alone never needs it
     * @param spacesPart whether no token reaches over white space, so that words can be counted by themselves: they recur
     */
    TokenCounter(Supplier<HuggingFaceTokenizer> opened, boolean spacesPart) {
        this.opened = opened;
        this.spacesPart = spacesPart;
    }

    int count(String text) {
        if (!spacesPart) {
            return tokens(text);
        }
        int count = 0;
        for (int start = 0; start < text.length(); ) {
            int end = start;
            while (end < text.length() && !isSpace(text.charAt(end))) {
                end++;
            }
            if (end > start) {
                count += countWord(text.substring(start, end));
            }
            start = end + 1;
        }
        return count;
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\n' || character == '\t';
    }

    private int countWord(String word) {
        if (word.length() > KNOWN_WORD_CHARS) {
            return tokens(word);
        }
        var known = wordTokens.get(word);
        if (known != null) {
            return known;
        }
        int count = tokens(word);
        if (wordTokens.size() < KNOWN_WORDS) {
            wordTokens.put(word, count);
        }
        return count;
    }

    private int tokens(String text) {
        return tokenizer().encode(text).getIds().length;
    }

    private synchronized HuggingFaceTokenizer tokenizer() {
        if (tokenizer.isEmpty()) {
            tokenizer = Optional.of(opened.get());
        }
        return tokenizer.orElseThrow();
    }
}
