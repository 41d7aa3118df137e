package dev.tandem.decoder.constraint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * Regular expressions as JSON Schema means them (ECMA-262, Unicode): characters, classes, groups, alternatives, quantifiers and
 * anchors at the ends. Look-around, back-references, word borders and Unicode properties are refused.
 */
final class PatternParser {
    private static final int LONGEST = 2_000;
    private static final int MOST_REPETITIONS = 1_000;
    private static final int MOST_STATES = 20_000;

    private final int[] pattern;
    private int at;
    private int depth;

    private PatternParser(int[] pattern) {
        this.pattern = pattern;
    }

    /** A pattern says something that is not understood. */
    static final class UnsupportedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnsupportedException(String message) {
            super(message);
        }
    }

    /** The strings, by their code points, in which a pattern is found. */
    static Automaton strings(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new UnsupportedException("it is longer than " + LONGEST + " characters");
        }
        var parser = new PatternParser(pattern.codePoints().toArray());
        var alternatives = new ArrayList<Automaton>();
        do {
            boolean begins = parser.take('^');
            var sequence = parser.sequence();
            boolean ends = parser.take('$');
            alternatives.add(Operations.concatenate(List.of(
                    begins ? Automata.makeEmptyString() : Automata.makeAnyString(),
                    sequence,
                    ends ? Automata.makeEmptyString() : Automata.makeAnyString())));
        } while (parser.take('|'));
        if (parser.at < parser.pattern.length) {
            throw parser.unsupported("a " + Character.toString(parser.pattern[parser.at]) + " here");
        }
        return Operations.union(alternatives);
    }

    private UnsupportedException unsupported(String what) {
        return new UnsupportedException("it has " + what + ", at character " + (at + 1));
    }

    private boolean is(int character) {
        return at < pattern.length && pattern[at] == character;
    }

    private boolean take(int character) {
        boolean is = is(character);
        at += is ? 1 : 0;
        return is;
    }

    private int next(String missing) {
        if (at == pattern.length) {
            throw unsupported("no " + missing);
        }
        return pattern[at++];
    }

    private Automaton alternatives() {
        var alternatives = new ArrayList<>(List.of(sequence()));
        while (take('|')) {
            alternatives.add(sequence());
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : Operations.union(alternatives);
    }

    private Automaton sequence() {
        var parts = new ArrayList<Automaton>();
        while (at < pattern.length && !is('|') && !is(')') && !is('$')) {
            parts.add(quantified(atom()));
        }
        return small(parts.isEmpty() ? Automata.makeEmptyString() : Operations.concatenate(parts));
    }

    private Automaton quantified(Automaton atom) {
        Automaton result;
        if (take('*')) {
            result = Operations.repeat(atom);
        } else if (take('+')) {
            result = Operations.repeat(atom, 1);
        } else if (take('?')) {
            result = Operations.optional(atom);
        } else if (take('{')) {
            result = counted(atom);
        } else {
            return atom;
        }
        // A lazy quantifier finds the same strings.
        take('?');
        return small(result);
    }

    private Automaton counted(Automaton atom) {
        int least = number();
        boolean open = take(',');
        int most = !open ? least : is('}') ? -1 : number();
        if (!take('}') || (most >= 0 && most < least)) {
            throw unsupported("a quantifier that is not {N}, {N,} or {N,M}");
        }
        if ((long) atom.getNumStates() * Math.max(least, most) > MOST_STATES) {
            throw unsupported("too many repetitions");
        }
        return most < 0 ? Operations.repeat(atom, least) : Operations.repeat(atom, least, most);
    }

    private int number() {
        int number = 0;
        int begin = at;
        while (at < pattern.length && pattern[at] >= '0' && pattern[at] <= '9') {
            number = number * 10 + pattern[at++] - '0';
            if (number > MOST_REPETITIONS) {
                throw unsupported("more than " + MOST_REPETITIONS + " repetitions");
            }
        }
        if (begin == at) {
            throw unsupported("no number");
        }
        return number;
    }

    private Automaton small(Automaton automaton) {
        if (automaton.getNumStates() > MOST_STATES) {
            throw unsupported("too many repetitions");
        }
        return automaton;
    }

    private Automaton atom() {
        int character = next("character");
        return switch (character) {
            case '.' -> automaton(complement(of('\n', '\r', 0x2028, 0x2029)));
            case '[' -> automaton(characterClass());
            case '(' -> group();
            case '\\' -> automaton(escape(false));
            case '^', '*', '+', '?', '{', '}', ']' ->
                throw unsupported("a " + Character.toString(character) + " before this place");
            default -> Automata.makeChar(character);
        };
    }

    private Automaton group() {
        if (take('?')) {
            if (take('<')) {
                if (is('=') || is('!')) {
                    throw unsupported("look-behind");
                }
                while (next("end of the group's name") != '>') {
                    // The name says nothing about strings.
                }
            } else if (!take(':')) {
                throw unsupported("look-ahead or flags");
            }
        }
        depth++;
        if (depth > 100) {
            throw unsupported("too many groups within each other");
        }
        var inside = alternatives();
        depth--;
        if (!take(')')) {
            throw unsupported(is('$') ? "an anchor within a group" : "no end of a group");
        }
        return inside;
    }

    private BitSet characterClass() {
        boolean negated = take('^');
        var set = new BitSet();
        while (!take(']')) {
            var low = classAtom();
            if (is('-') && at + 1 < pattern.length && pattern[at + 1] != ']') {
                at++;
                var high = classAtom();
                if (low.cardinality() != 1 || high.cardinality() != 1 || low.nextSetBit(0) > high.nextSetBit(0)) {
                    throw unsupported("a range that is none before this place");
                }
                set.set(low.nextSetBit(0), high.nextSetBit(0) + 1);
            } else {
                set.or(low);
            }
        }
        return negated ? complement(set) : set;
    }

    private BitSet classAtom() {
        int character = next("end of a class");
        return character == '\\' ? escape(true) : of(character);
    }

    private BitSet escape(boolean inClass) {
        int letter = next("character after the last \\");
        return switch (letter) {
            case 'd' -> range('0', '9');
            case 'D' -> complement(range('0', '9'));
            case 'w' -> word();
            case 'W' -> complement(word());
            case 's' -> space();
            case 'S' -> complement(space());
            case 'n' -> of('\n');
            case 'r' -> of('\r');
            case 't' -> of('\t');
            case 'f' -> of('\f');
            case 'v' -> of(0xb);
            case 'x' -> of(hexadecimal(2));
            case 'u' -> of(take('{') ? braced() : hexadecimal(4));
            case 'b' -> {
                if (inClass) {
                    yield of('\b');
                }
                throw unsupported("a word border");
            }
            default -> {
                if (letter > 0x7f || Character.isLetterOrDigit(letter)) {
                    throw unsupported("\\" + Character.toString(letter));
                }
                yield of(letter);
            }
        };
    }

    private int hexadecimal(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(next("hexadecimal digit"), 16);
            if (digit < 0) {
                throw unsupported("no hexadecimal digit before this place");
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private int braced() {
        int digits = 0;
        while (at + digits < pattern.length && pattern[at + digits] != '}') {
            digits++;
        }
        int value = hexadecimal(Math.min(digits, 6));
        if (!take('}') || value > Character.MAX_CODE_POINT) {
            throw unsupported("no code point before this place");
        }
        return value;
    }

    private static BitSet of(int... characters) {
        var set = new BitSet();
        for (int each : characters) {
            set.set(each);
        }
        return set;
    }

    private static BitSet range(int low, int high) {
        var set = new BitSet();
        set.set(low, high + 1);
        return set;
    }

    private static BitSet word() {
        var set = range('0', '9');
        set.or(range('a', 'z'));
        set.or(range('A', 'Z'));
        set.set('_');
        return set;
    }

    private static BitSet space() {
        var set = of('\t', '\n', 0xb, '\f', '\r', ' ', 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff);
        set.or(range(0x2000, 0x200a));
        return set;
    }

    private static BitSet complement(BitSet set) {
        var complement = (BitSet) set.clone();
        complement.flip(0, Character.MAX_CODE_POINT + 1);
        return complement;
    }

    private static Automaton automaton(BitSet set) {
        var lows = new ArrayList<Integer>();
        var highs = new ArrayList<Integer>();
        for (int low = set.nextSetBit(0); low >= 0; ) {
            int end = set.nextClearBit(low);
            lows.add(low);
            highs.add(end - 1);
            low = set.nextSetBit(end);
        }
        return Automata.makeCharClass(
                lows.stream().mapToInt(Integer::intValue).toArray(),
                highs.stream().mapToInt(Integer::intValue).toArray());
    }
}
