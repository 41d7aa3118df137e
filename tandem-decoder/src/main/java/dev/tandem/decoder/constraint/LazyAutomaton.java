package dev.tandem.decoder.constraint;

import dev.tandem.decoder.constraint.State.Frame;
import dev.tandem.decoder.constraint.State.Item;
import dev.tandem.decoder.constraint.State.Stack;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A grammar as a deterministic automaton with stacks, whose states are made when they are first come to. Not for use by several
 * threads.
 */
final class LazyAutomaton {
    /** About 1 kB each. */
    private static final int MOST_STATES = 20_000;

    /**
     * Alternatives that begin alike within each other double with every level. What is left out beyond so many places only makes
     * the texts fewer: from each of those that stay, a text can be completed.
     */
    private static final int MOST_PLACES = 1_000;

    private final Map<Content, State> states = new HashMap<>();
    private final Map<Frame, Stack> stacks = new HashMap<>();
    private final Stack bottom = new Stack(Optional.empty());

    private record Content(Set<Item> items, boolean mayEnd) {}

    /** At the beginning of a rule after which the text ends. */
    State begin(Rule rule) {
        return state(List.of(new Item(rule.start(), bottom)));
    }

    /** At one place of a rule, as if the text ended with the rule. */
    State alone(Node node) {
        return known(new Content(Set.of(new Item(node, bottom)), false));
    }

    /** Behind a rule. */
    State behind(Frame frame) {
        return state(List.of(new Item(frame.back(), frame.under())));
    }

    /** After one more byte. */
    State next(State state, int value) {
        var remembered = state.remembered(value);
        if (remembered != null) {
            return remembered;
        }
        var reached = new LinkedHashSet<Item>();
        for (var item : state.items()) {
            for (var edge : item.node().edges) {
                if (edge.low() <= value && value <= edge.high()) {
                    reached.add(new Item(edge.to(), item.stack()));
                }
            }
        }
        var next = reached.isEmpty() ? State.DEAD : state(reached);
        state.remember(value, next);
        return next;
    }

    /** Follows what reads no byte. */
    private State state(Iterable<Item> from) {
        var todo = new ArrayDeque<Item>();
        from.forEach(todo::add);
        var seen = new HashSet<Item>();
        var items = new LinkedHashSet<Item>();
        boolean mayEnd = false;
        while (!todo.isEmpty() && items.size() < MOST_PLACES) {
            var item = todo.remove();
            if (!seen.add(item)) {
                continue;
            }
            var node = item.node();
            if (!node.edges.isEmpty()) {
                items.add(item);
            }
            node.free.forEach(to -> todo.add(new Item(to, item.stack())));
            for (var call : node.calls) {
                // A call after which only the end comes leaves nothing to come back for.
                var stack = call.back().onlyEnds() ? item.stack() : pushed(call.back(), item.stack());
                todo.add(new Item(call.rule().start(), stack));
            }
            if (node.ends()) {
                item.stack().top().ifPresent(frame -> todo.add(new Item(frame.back(), frame.under())));
                mayEnd |= item.stack().top().isEmpty();
            }
        }
        return known(new Content(items, mayEnd));
    }

    private Stack pushed(Node back, Stack under) {
        return stacks.computeIfAbsent(new Frame(back, under), frame -> new Stack(Optional.of(frame)));
    }

    private State known(Content content) {
        if (states.size() == MOST_STATES) {
            // Whoever holds a state goes on with it; what is come to again is made again.
            states.clear();
            stacks.clear();
        }
        return states.computeIfAbsent(content, key -> new State(key.items(), key.mayEnd()));
    }
}
