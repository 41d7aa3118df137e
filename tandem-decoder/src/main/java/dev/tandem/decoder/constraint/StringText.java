package dev.tandem.decoder.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.Transition;

/** JSON strings, in quotes and with escapes, as automata over code points, made of automata over what the strings mean. */
final class StringText {
    /** What stands behind a backslash, and the code point that it means. */
    private static final Map<Integer, Integer> SHORT_ESCAPES = Map.of(
            (int) '"',
            (int) '"',
            (int) '\\',
            (int) '\\',
            (int) '/',
            (int) '/',
            (int) 'b',
            (int) '\b',
            (int) 'f',
            (int) '\f',
            (int) 'n',
            (int) '\n',
            (int) 'r',
            (int) '\r',
            (int) 't',
            (int) '\t');

    /** What may stand for itself: neither quotes, backslashes, control characters nor surrogates. */
    private static final int[][] PLAIN = {{0x20, 0x21}, {0x23, 0x5b}, {0x5d, 0xd7ff}, {0xe000, Character.MAX_CODE_POINT}
    };

    private static final int CONTROLS = 0x20;

    private final Automaton meaning;
    private final Automaton text = new Automaton();
    private final Transition transition = new Transition();

    private StringText(Automaton meaning) {
        this.meaning = meaning;
    }

    /** Any string of so many code points. */
    static Automaton ofLength(int least, OptionalInt most) {
        if (most.isEmpty() && least == 0) {
            return Automata.makeAnyString();
        }
        var automaton = new Automaton();
        int last = most.orElse(least);
        for (int state = 0; state <= last; state++) {
            automaton.createState();
            automaton.setAccept(state, state >= least);
        }
        for (int state = 0; state <= last; state++) {
            int next = state < last ? state + 1 : state;
            if (next > state || most.isEmpty()) {
                automaton.addTransition(state, next, Character.MIN_CODE_POINT, Character.MAX_CODE_POINT);
            }
        }
        automaton.finishState();
        return automaton;
    }

    /** Any string but these. */
    static Automaton except(Collection<String> strings) {
        if (strings.isEmpty()) {
            return Automata.makeAnyString();
        }
        var names = Operations.union(strings.stream().map(Automata::makeString).toList());
        return Operations.minus(
                Automata.makeAnyString(),
                Operations.determinize(names, JsonText.DETERMINIZE_WORK),
                JsonText.DETERMINIZE_WORK);
    }

    /** Texts of values, over bytes. */
    static Automaton anyOf(Collection<String> texts) {
        var sorted = texts.stream()
                .map(each -> new BytesRef(each.getBytes(StandardCharsets.UTF_8)))
                .filter(each -> each.length <= Automata.MAX_STRING_UNION_TERM_LENGTH)
                .sorted()
                .distinct()
                .toList();
        var parts = new ArrayList<>(List.of(Automata.makeBinaryStringUnion(sorted)));
        for (var each : texts) {
            var bytes = new BytesRef(each.getBytes(StandardCharsets.UTF_8));
            if (bytes.length > Automata.MAX_STRING_UNION_TERM_LENGTH) {
                parts.add(Automata.makeBinary(bytes));
            }
        }
        return parts.size() == 1 ? parts.getFirst() : Operations.union(parts);
    }

    /**
     * The JSON texts of strings.
     *
     * @param meaning over the strings' code points
     * @return over the texts' code points, deterministic
     */
    static Automaton quoted(Automaton meaning) {
        return new StringText(Operations.removeDeadStates(Operations.determinize(meaning, JsonText.DETERMINIZE_WORK)))
                .quoted();
    }

    private Automaton quoted() {
        // State s of the meaning is state s + 1 here: 0 is before the opening quote, the last one behind the closing
        // quote.
        int states = meaning.getNumStates();
        int close = states + 1;
        var builder = new Automaton.Builder();
        for (int state = 0; state <= close; state++) {
            builder.createState();
        }
        builder.setAccept(close, true);
        if (states > 0) {
            builder.addTransition(0, 1, '"');
        }
        for (int state = 0; state < states; state++) {
            if (meaning.isAccept(state)) {
                builder.addTransition(state + 1, close, '"');
            }
            if (meaning.getNumTransitions(state) > 0) {
                plain(state, builder);
                escapes(state, builder);
            }
        }
        text.copy(builder.finish());
        return text;
    }

    private void plain(int state, Automaton.Builder builder) {
        int count = meaning.initTransition(state, transition);
        for (int i = 0; i < count; i++) {
            meaning.getNextTransition(transition);
            for (var range : PLAIN) {
                int low = Math.max(range[0], transition.min);
                int high = Math.min(range[1], transition.max);
                if (low <= high) {
                    builder.addTransition(state + 1, transition.dest + 1, low, high);
                }
            }
        }
    }

    private void escapes(int state, Automaton.Builder builder) {
        int backslash = builder.createState();
        builder.addTransition(state + 1, backslash, '\\');
        SHORT_ESCAPES.forEach((letter, means) -> {
            int to = meaning.step(state, means);
            if (to >= 0) {
                builder.addTransition(backslash, to + 1, letter);
            }
        });
        meaning.getTransition(state, 0, transition);
        // Where characters are counted, places for every way to write each would be too many.
        if (transition.dest == state
                && transition.min == Character.MIN_CODE_POINT
                && transition.max == Character.MAX_CODE_POINT) {
            anyUnicodeEscape(backslash, transition.dest + 1, builder);
        } else {
            controlEscapes(state, backslash, builder);
        }
    }

    /** Four hexadecimal digits for any character; those beyond 16 bits as two surrogates. */
    private static void anyUnicodeEscape(int backslash, int to, Automaton.Builder builder) {
        var digits = new int[7];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = builder.createState();
        }
        builder.addTransition(backslash, digits[0], 'u');
        hexadecimal(digits[0], digits[1], 0, 0xc, builder);
        hexadecimal(digits[0], digits[1], 0xe, 0xf, builder);
        hexadecimal(digits[0], digits[4], 0xd, 0xd, builder);
        hexadecimal(digits[1], digits[2], 0, 0xf, builder);
        hexadecimal(digits[2], digits[3], 0, 0xf, builder);
        hexadecimal(digits[3], to, 0, 0xf, builder);
        hexadecimal(digits[4], digits[2], 0, 7, builder);
        hexadecimal(digits[4], digits[5], 8, 0xb, builder);
        hexadecimal(digits[5], digits[6], 0, 0xf, builder);
        int backslashAgain = builder.createState();
        int low = builder.createState();
        int lowFirst = builder.createState();
        int lowSecond = builder.createState();
        hexadecimal(digits[6], backslashAgain, 0, 0xf, builder);
        int u = builder.createState();
        builder.addTransition(backslashAgain, u, '\\');
        builder.addTransition(u, low, 'u');
        hexadecimal(low, lowFirst, 0xd, 0xd, builder);
        hexadecimal(lowFirst, lowSecond, 0xc, 0xf, builder);
        hexadecimal(lowSecond, digits[3], 0, 0xf, builder);
    }

    /** Only what cannot be written otherwise, where strings are told apart. */
    private void controlEscapes(int state, int backslash, Automaton.Builder builder) {
        int[] path = {-1, -1, -1};
        int[] last = {-1, -1};
        for (int control = 0; control < CONTROLS; control++) {
            int to = meaning.step(state, control);
            if (to < 0) {
                continue;
            }
            if (path[0] < 0) {
                for (int i = 0; i < path.length; i++) {
                    path[i] = builder.createState();
                    builder.addTransition(i == 0 ? backslash : path[i - 1], path[i], i == 0 ? 'u' : '0');
                }
            }
            int high = control >> 4;
            if (last[high] < 0) {
                last[high] = builder.createState();
                builder.addTransition(path[2], last[high], '0' + high);
            }
            hexadecimal(last[high], to + 1, control & 0xf, control & 0xf, builder);
        }
    }

    private static void hexadecimal(int from, int to, int low, int high, Automaton.Builder builder) {
        for (int digit = low; digit <= high; digit++) {
            char lower = Character.forDigit(digit, 16);
            builder.addTransition(from, to, lower);
            if (Character.isLetter(lower)) {
                builder.addTransition(from, to, Character.toUpperCase(lower));
            }
        }
    }
}
