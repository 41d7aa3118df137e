package dev.tandem.decoder.constraint;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which tokens may come next. What a place allows within its rule depends on no stack, so it is found once by a walk over all
 * tokens; for tokens that go beyond the rule only the rest is read from where the rule was left (as XGrammar does: Dong et al.
 * 2024). A state of several places allows what any of them allows. Not for use by several threads.
 */
final class TokenMasks {
    /** About 19 kB each for 150,000 tokens. */
    private static final int REMEMBERED = 512;

    private final LazyAutomaton automaton;
    private final TokenTrie trie;
    private final Set<Integer> ends;
    private final State[] path;
    private final Map<Node, Within> places = new Recent<>();
    private final Map<State, BitSet> masks = new Recent<>();

    /**
     * What a place allows.
     *
     * @param tokens those that stay within the rule
     * @param exits nodes of the trie at which the rule may have ended
     */
    private record Within(BitSet tokens, int[] exits) {}

    TokenMasks(LazyAutomaton automaton, Vocabulary vocabulary) {
        this.automaton = automaton;
        trie = vocabulary.trie();
        ends = vocabulary.ends();
        path = new State[trie.deepest() + 1];
    }

    /** The tokens that may come next, those that end a text where it is complete among them; not to be changed. */
    BitSet of(State state) {
        return remembered(masks, state, this::found);
    }

    private BitSet found(State state) {
        var mask = new BitSet();
        for (var item : state.items()) {
            var within = remembered(places, item.node(), this::within);
            mask.or(within.tokens());
            for (int exit : within.exits()) {
                trie.mark(exit, mask);
            }
            item.stack().top().ifPresent(frame -> {
                var behind = automaton.behind(frame);
                for (int exit : within.exits()) {
                    beyond(exit, behind, mask);
                }
            });
        }
        if (state.mayEnd()) {
            ends.forEach(mask::set);
        }
        return mask;
    }

    /** Marks the tokens below a node of the trie that go on well from a state. */
    private void beyond(int from, State state, BitSet mask) {
        path[trie.depth(from)] = state;
        int node = from + 1;
        while (node < trie.skip(from)) {
            var next = automaton.next(path[trie.depth(node) - 1], trie.value(node));
            if (next == State.DEAD) {
                node = trie.skip(node);
            } else {
                path[trie.depth(node)] = next;
                trie.mark(node, mask);
                node++;
            }
        }
    }

    private Within within(Node place) {
        var tokens = new BitSet();
        var exits = new int[16];
        int count = 0;
        path[0] = automaton.alone(place);
        int node = 0;
        while (node < trie.nodes()) {
            var next = automaton.next(path[trie.depth(node) - 1], trie.value(node));
            if (next == State.DEAD) {
                node = trie.skip(node);
                continue;
            }
            if (next.mayEnd()) {
                exits = count == exits.length ? Arrays.copyOf(exits, 2 * count) : exits;
                exits[count++] = node;
            }
            if (!next.items().isEmpty()) {
                path[trie.depth(node)] = next;
                trie.mark(node, tokens);
                node++;
            } else {
                node = trie.skip(node);
            }
        }
        return new Within(tokens, Arrays.copyOf(exits, count));
    }

    private static <K, V> V remembered(Map<K, V> memory, K key, Function<K, V> find) {
        var known = memory.get(key);
        if (known != null) {
            return known;
        }
        var found = find.apply(key);
        memory.put(key, found);
        return found;
    }

    /** Forgets what was not asked for in the longest time. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }
}
