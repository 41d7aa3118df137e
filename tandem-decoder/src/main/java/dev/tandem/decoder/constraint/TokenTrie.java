package dev.tandem.decoder.constraint;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Tokens by their bytes, as a tree in preorder: node k's subtree is k + 1 to {@code skip(k)}. What begins with the same bytes is
 * looked at once.
 */
final class TokenTrie {
    private final byte[] bytes;
    private final int[] skips;
    private final int[] depths;
    /** Where in ids the tokens of a node begin; they end where the next node's begin. */
    private final int[] firsts;

    private final int[] ids;
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

    /** Marks the tokens whose bytes end at a node. */
    void mark(int node, BitSet tokens) {
        for (int i = firsts[node]; i < firsts[node + 1]; i++) {
            tokens.set(ids[i]);
        }
    }
}
