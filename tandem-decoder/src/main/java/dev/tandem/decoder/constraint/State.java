package dev.tandem.decoder.constraint;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everywhere in a grammar where one may be after the same bytes, and what the next byte makes of it, once that was asked. */
final class State {
    /** Nowhere: these bytes are not allowed. */
    static final State DEAD = new State(Set.of(), false);

    private final Set<Item> items;
    private final boolean mayEnd;
    private final @Nullable State[] next = new State[256];

    /** A place, and where to go on when its rule ends. */
    record Item(Node node, Stack stack) {}

    /**
     * The rules that are to go on, innermost first. Those of the same content made by the same automaton are the same object.
     */
    static final class Stack {
        private final Optional<Frame> top;

        /** @param top none if the whole text ends with the rule */
        Stack(Optional<Frame> top) {
            this.top = top;
        }

        Optional<Frame> top() {
            return top;
        }
    }

    /** Where a rule goes on, and what is to go on when it ends. */
    record Frame(Node back, Stack under) {}

    State(Set<Item> items, boolean mayEnd) {
        this.items = items;
        this.mayEnd = mayEnd;
    }

    /** Places at which a byte may come. */
    Set<Item> items() {
        return items;
    }

    /** Whether the text is complete. */
    boolean mayEnd() {
        return mayEnd;
    }

    @Nullable
    State remembered(int value) {
        return next[value];
    }

    void remember(int value, State state) {
        next[value] = state;
    }
}
