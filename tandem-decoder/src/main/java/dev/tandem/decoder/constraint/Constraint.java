package dev.tandem.decoder.constraint;

import dev.tandem.foundation.MendableException;
import java.util.Arrays;

/**
 * A grammar for the tokens of one model. Texts that share a constraint share what it has found out about the grammar. Not for
 * use by several threads.
 */
public final class Constraint {
    private final Vocabulary vocabulary;
    private final LazyAutomaton automaton = new LazyAutomaton();
    private final TokenMasks masks;
    private final State begin;

    public Constraint(Grammar grammar, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        masks = new TokenMasks(automaton, vocabulary);
        begin = automaton.begin(grammar.root());
    }

    /** A new text. */
    public Progress begin() {
        return new Progress();
    }

    /** How far one text has come. */
    public final class Progress {
        private State state = begin;

        private Progress() {}

        /**
         * Sets the logits of all tokens that may not come next to minus infinity. Tokens that end a text may come where the
         * text is complete.
         *
         * @param logits of the whole vocabulary; changed
         * @throws MendableException if no token may come, which can only be where the vocabulary cannot write a character that the
         *     grammar asks for
         */
        public void restrict(float[] logits) {
            var mask = masks.of(state);
            boolean some = false;
            // Run by run: most places allow few tokens or nearly all.
            int from = 0;
            while (from < logits.length) {
                int allowed = mask.nextSetBit(from);
                int to = allowed < 0 ? logits.length : Math.min(allowed, logits.length);
                Arrays.fill(logits, from, to, Float.NEGATIVE_INFINITY);
                some |= to < logits.length;
                from = to < logits.length ? mask.nextClearBit(to) : to;
            }
            if (!some) {
                throw new MendableException(
                        "The model has no token for a character that the schema asks for here: write"
                                + " the schema's texts with characters that the model knows.");
            }
        }

        /** Takes in a token that {@link #restrict} has left, other than one that ends a text. */
        public void accept(int token) {
            for (byte each : vocabulary.bytes(token)) {
                state = automaton.next(state, Byte.toUnsignedInt(each));
            }
            if (state == State.DEAD) {
                throw new IllegalArgumentException("Token " + token + " was not allowed here.");
            }
        }

        /** Whether the text is complete. */
        public boolean complete() {
            return state.mayEnd();
        }

        /** Whether the text is complete and nothing may follow, or nothing could end it but this. */
        public boolean finished() {
            return state.mayEnd()
                    && (state.items().isEmpty() || vocabulary.ends().isEmpty());
        }
    }
}
