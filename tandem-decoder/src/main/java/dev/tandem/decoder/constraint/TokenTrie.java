package dev.tandem.decoder.constraint;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Tokens by their bytes, as a tree in preorder: node k's subtree is k + 1 to {@code skip(k)}. What begins with the same bytes is
 * looked at once.
 */
final class TokenTrie {
    /** Tokens of more characters are rare. */
    static final int MOST_CHARACTERS = 32;

    private final byte[] bytes;
    private final int[] skips;
    private final int[] depths;
    /** Where in ids the tokens of a node begin; they end where the next node's begin. */
    private final int[] firsts;

    private final int[] ids;
    private final byte[] characters;
    private final int nodes;
    private final int deepest;

    /** A token that is not empty. */
    record Token(int id, byte[] bytes) {}

    TokenTrie(List<Token> tokens) {
        var sorted = tokens.toArray(Token[]::new);
        Arrays.sort(sorted, (a, b) -> Arrays.compareUnsigned(a.bytes(), b.bytes()));
        int most = Arrays.stream(sorted).mapToInt(token -> token.bytes().length).sum();
        deepest = Arrays.stream(sorted)
                .mapToInt(token -> token.bytes().length)
                .max()
                .orElse(0);
        bytes = new byte[most];
        skips = new int[most];
        depths = new int[most];
        firsts = new int[most + 1];
        ids = new int[sorted.length];
        var path = new int[deepest + 1];
        var before = new byte[0];
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            var token = sorted[i].bytes();
            int shared = Math.max(0, Arrays.mismatch(before, token));
            if (Arrays.equals(before, token)) {
                shared = token.length;
            }
            for (int depth = shared + 1; depth <= before.length; depth++) {
                skips[path[depth]] = count;
            }
            for (int depth = shared + 1; depth <= token.length; depth++) {
                bytes[count] = token[depth - 1];
                depths[count] = depth;
                firsts[count] = i;
                path[depth] = count++;
            }
            ids[i] = sorted[i].id();
            before = token;
        }
        for (int depth = 1; depth <= before.length; depth++) {
            skips[path[depth]] = count;
        }
        nodes = count;
        firsts[nodes] = ids.length;
        characters = characters();
    }

    private byte[] characters() {
        var states = new int[deepest + 1];
        var counts = new int[deepest + 1];
        var most = new byte[nodes];
        for (int node = 0; node < nodes; node++) {
            int depth = depths[node];
            int before = states[depth - 1];
            states[depth] = PlainText.next(before, value(node));
            counts[depth] = counts[depth - 1] + (before == PlainText.BETWEEN ? 1 : 0);
            boolean plain = states[depth] != PlainText.OTHER && counts[depth] <= MOST_CHARACTERS;
            most[node] = (byte) (plain ? counts[depth] : MOST_CHARACTERS + 1);
        }
        var parents = new int[deepest + 1];
        var parent = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            parents[depths[node]] = node;
            parent[node] = depths[node] == 1 ? node : parents[depths[node] - 1];
        }
        for (int node = nodes - 1; node >= 0; node--) {
            most[parent[node]] = (byte) Math.max(most[parent[node]], most[node]);
        }
        return most;
    }

    int nodes() {
        return nodes;
    }

    int deepest() {
        return deepest;
    }

    /** The byte that leads to a node, 0 to 255. */
    int value(int node) {
        return Byte.toUnsignedInt(bytes[node]);
    }

    /** How many bytes lead to a node, from 1. */
    int depth(int node) {
        return depths[node];
    }

    /** The first node that is neither this one nor below it. */
    int skip(int node) {
        return skips[node];
    }

    /**
     * How many characters the tokens at a node and below it have at most, one of which part has come included; more than
     * {@link #MOST_CHARACTERS} if one of them has so many, or anything but {@link PlainText}.
     */
    int characters(int node) {
        return characters[node];
    }

    /** Marks the tokens whose bytes end at a node or below it. */
    void markAll(int node, BitSet tokens) {
        for (int i = firsts[node]; i < firsts[skips[node]]; i++) {
            tokens.set(ids[i]);
        }
    }

    /** Marks the tokens whose bytes end at a node. */
    void mark(int node, BitSet tokens) {
        for (int i = firsts[node]; i < firsts[node + 1]; i++) {
            tokens.set(ids[i]);
        }
    }
}
