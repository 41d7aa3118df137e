package dev.tandem.decoder.constraint;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
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
        int free = freeCharacters(path[0]);
        int node = 0;
        while (node < trie.nodes()) {
            if (trie.characters(node) <= free) {
                trie.markAll(node, tokens);
                node = trie.skip(node);
                continue;
            }
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

    /**
     * How many characters of plain text, whatever they are, can be read without coming to the rule's end, as within a string;
     * those that need not be looked at one by one.
     */
    private int freeCharacters(State start) {
        var level = Set.of(start);
        for (int count = 0; count < TokenTrie.MOST_CHARACTERS; count++) {
            var next = afterAnyCharacter(level);
            if (next.isEmpty()) {
                return count;
            }
            if (next.equals(level)) {
                break;
            }
            level = next;
        }
        return TokenTrie.MOST_CHARACTERS;
    }

    private record Reading(int character, State state) {}

    /** Where one may be after one more character; nowhere if some character is not allowed or ends the rule. */
    private Set<State> afterAnyCharacter(Set<State> from) {
        var after = new HashSet<State>();
        var seen = new HashSet<Reading>();
        var todo = new ArrayDeque<Reading>();
        from.forEach(state -> todo.add(new Reading(PlainText.BETWEEN, state)));
        while (!todo.isEmpty()) {
            var reading = todo.remove();
            for (int value = 0; value < 256; value++) {
                int character = PlainText.next(reading.character(), value);
                if (character == PlainText.OTHER) {
                    continue;
                }
                var next = automaton.next(reading.state(), value);
                if (next.items().isEmpty() || next.mayEnd()) {
                    return Set.of();
                }
                if (character == PlainText.BETWEEN) {
                    after.add(next);
                } else if (seen.add(new Reading(character, next))) {
                    todo.add(new Reading(character, next));
                }
            }
        }
        return after;
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
