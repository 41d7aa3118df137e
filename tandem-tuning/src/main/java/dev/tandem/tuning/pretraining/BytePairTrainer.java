package dev.tandem.tuning.pretraining;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Learns a byte-level byte-pair encoding from texts (Sennrich et al. 2016; over bytes as in Radford et al. 2019): any text can
 * be encoded, there is no unknown token. The same texts in any order give the same vocabulary: of pairs that are equally
 * frequent, the one with the lower token ids goes first. Not safe for use by many threads.
 */
public final class BytePairTrainer {
    /**
     * How texts are cut before bytes are merged, in the form that both Java and Hugging Face's tokenizers read: Llama 3's
     * pattern, but with every digit by itself, so that numbers are copied digit by digit.
     */
    static final String CUT = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final Pattern PIECES = Pattern.compile(CUT, Pattern.UNICODE_CHARACTER_CLASS);
    private static final int BYTES = 256;

    private final Map<String, Long> pieces = new TreeMap<>();

    /** A pair as it was counted when it was queued; a stale count is corrected when it is taken. */
    private record Candidate(long count, int left, int right) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byCount = Long.compare(other.count, count);
            int byLeft = byCount != 0 ? byCount : Integer.compare(left, other.left);
            return byLeft != 0 ? byLeft : Integer.compare(right, other.right);
        }
    }

    private record Pair(int left, int right) {}

    /** Counts a text's pieces. */
    public void add(String text) {
        for (var piece : cut(text)) {
            pieces.merge(piece, 1L, Long::sum);
        }
    }

    /** A text's pieces, in order and without gaps. */
    static List<String> cut(String text) {
        return PIECES.matcher(text).results().map(match -> match.group()).toList();
    }

    /**
     * Learns merges until there are {@code size} tokens, or no pair is left that comes at least twice.
     *
     * @param size tokens: 256 bytes, the special ones, and one a merge
     * @param special tokens that stand for themselves, the first ids
     */
    public BytePairVocabulary train(int size, List<String> special) {
        if (size < BYTES + special.size()) {
            throw new IllegalArgumentException(size + " tokens have no room for every byte and " + special);
        }
        var words = new ArrayList<int[]>();
        var counts = new ArrayList<Long>();
        pieces.forEach((piece, count) -> {
            words.add(bytes(piece));
            counts.add(count);
        });
        var pairs = new HashMap<Pair, Long>();
        var places = new HashMap<Pair, Set<Integer>>();
        for (int word = 0; word < words.size(); word++) {
            count(words.get(word), word, counts.get(word), pairs, places);
        }
        var queue = new PriorityQueue<Candidate>();
        pairs.forEach((pair, count) -> queue.add(new Candidate(count, pair.left(), pair.right())));
        var merges = new ArrayList<BytePairVocabulary.Merge>();
        while (BYTES + special.size() + merges.size() < size && !queue.isEmpty()) {
            var best = queue.poll();
            var pair = new Pair(best.left(), best.right());
            long now = pairs.getOrDefault(pair, 0L);
            if (now != best.count()) {
                if (now > 0) {
                    queue.add(new Candidate(now, best.left(), best.right()));
                }
                continue;
            }
            if (now < 2) {
                break;
            }
            int merged = BYTES + merges.size();
            merges.add(new BytePairVocabulary.Merge(best.left(), best.right()));
            var grown = new HashSet<Pair>();
            for (int word : List.copyOf(places.getOrDefault(pair, Set.of()))) {
                count(words.get(word), word, -counts.get(word), pairs, places);
                words.set(word, BytePairVocabulary.merge(words.get(word), best.left(), best.right(), merged));
                grown.addAll(count(words.get(word), word, counts.get(word), pairs, places));
            }
            places.remove(pair);
            for (var each : grown) {
                if (each.left() == merged || each.right() == merged) {
                    queue.add(new Candidate(pairs.getOrDefault(each, 0L), each.left(), each.right()));
                }
            }
        }
        return new BytePairVocabulary(special, merges);
    }

    private static int[] bytes(String piece) {
        var bytes = piece.getBytes(StandardCharsets.UTF_8);
        var ids = new int[bytes.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Byte.toUnsignedInt(bytes[i]);
        }
        return ids;
    }

    /** Adds a word's pairs, {@code count} times each; a negative count takes them away. */
    private static Set<Pair> count(
            int[] ids, int word, long count, Map<Pair, Long> pairs, Map<Pair, Set<Integer>> places) {
        var seen = new HashSet<Pair>();
        for (int i = 0; i + 1 < ids.length; i++) {
            var pair = new Pair(ids[i], ids[i + 1]);
            pairs.merge(pair, count, Long::sum);
            if (seen.add(pair)) {
                var at = places.computeIfAbsent(pair, key -> new HashSet<>());
                if (count > 0) {
                    at.add(word);
                } else {
                    at.remove(word);
                }
            }
        }
        return seen;
    }
}
