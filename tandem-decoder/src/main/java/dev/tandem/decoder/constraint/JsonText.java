package dev.tandem.decoder.constraint;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** Numbers of JSON text as automata over code points (RFC 8259). */
final class JsonText {
    /** Enough for every pattern that is not meant to harm. */
    static final int DETERMINIZE_WORK = 100_000;

    /** Digits that a number has at most where nothing bounds it: so many are exact in 64 bits, and a model cannot go on for ever. */
    private static final int DIGITS = 15;

    private static final BigInteger LARGEST = BigInteger.TEN.pow(DIGITS).subtract(BigInteger.ONE);

    private JsonText() {}

    /**
     * Whole bounds.
     *
     * @param included whether the bound itself is allowed
     */
    record Bound(BigInteger value, boolean included) {
        Bound negated() {
            return new Bound(value.negate(), included);
        }
    }

    /** Where numbers begin that only a bound above them is given for. */
    static Bound lowest(Optional<Bound> high) {
        var lowest = LARGEST.negate();
        return new Bound(
                high.map(bound -> bound.value().subtract(LARGEST).min(lowest)).orElse(lowest), true);
    }

    /** Where numbers end that only a bound below them is given for. */
    static Bound highest(Optional<Bound> low) {
        return lowest(low.map(Bound::negated)).negated();
    }

    static Automaton integer(Bound low, Bound high) {
        var least = low.included() ? low.value() : low.value().add(BigInteger.ONE);
        var most = high.included() ? high.value() : high.value().subtract(BigInteger.ONE);
        return union(List.of(
                digits(least.max(BigInteger.ZERO), most),
                sequence(Automata.makeChar('-'), digits(most.negate().max(BigInteger.ONE), least.negate()))));
    }

    /** Any number, with a fraction and an exponent or without. */
    static Automaton number() {
        return sequence(
                Operations.optional(Automata.makeChar('-')),
                digits(BigInteger.ZERO, LARGEST),
                Operations.optional(fraction()),
                Operations.optional(sequence(
                        Automata.makeCharSet(new int[] {'E', 'e'}),
                        Operations.optional(Automata.makeCharSet(new int[] {'+', '-'})),
                        Operations.repeat(digit(), 1, 2))));
    }

    /** Numbers within bounds, without exponents. */
    static Automaton number(Bound low, Bound high) {
        var zero = new Bound(BigInteger.ZERO, true);
        return union(List.of(
                decimals(low.value().signum() < 0 ? zero : low, high),
                sequence(
                        Automata.makeChar('-'),
                        decimals(high.value().signum() > 0 ? zero : high.negated(), low.negated()))));
    }

    /** Decimals without a sign from low to high; low is not negative. */
    private static Automaton decimals(Bound low, Bound high) {
        int order = low.value().compareTo(high.value());
        if (order > 0 || (order == 0 && !(low.included() && high.included()))) {
            return Automata.makeEmpty();
        }
        var parts = new ArrayList<Automaton>();
        if (order < 0) {
            parts.add(sequence(
                    digits(low.value(), low.value()),
                    low.included() ? Operations.optional(fraction()) : fractionOverZero()));
            parts.add(sequence(
                    digits(low.value().add(BigInteger.ONE), high.value().subtract(BigInteger.ONE)),
                    Operations.optional(fraction())));
        }
        if (high.included()) {
            parts.add(sequence(digits(high.value(), high.value()), Operations.optional(fractionOfZeros())));
        }
        return union(parts);
    }

    private static Automaton fraction() {
        return sequence(Automata.makeChar('.'), Operations.repeat(digit(), 1, DIGITS));
    }

    private static Automaton fractionOfZeros() {
        return sequence(Automata.makeChar('.'), Operations.repeat(Automata.makeChar('0'), 1, DIGITS));
    }

    private static Automaton fractionOverZero() {
        return Operations.minus(fraction(), fractionOfZeros(), DETERMINIZE_WORK);
    }

    /** Whole numbers from low to high, neither negative, without leading zeros. */
    private static Automaton digits(BigInteger low, BigInteger high) {
        var parts = new ArrayList<Automaton>();
        for (int count = low.toString().length(); count <= high.toString().length(); count++) {
            var least = low.max(count == 1 ? BigInteger.ZERO : BigInteger.TEN.pow(count - 1));
            var most = high.min(BigInteger.TEN.pow(count).subtract(BigInteger.ONE));
            if (least.compareTo(most) <= 0) {
                // Of texts of one length, the order of numbers is the order of bytes.
                parts.add(Operations.intersection(
                        Automata.makeBinaryInterval(bytes(least), true, bytes(most), true),
                        Operations.repeat(digit(), count, count)));
            }
        }
        return union(parts);
    }

    private static Automaton digit() {
        return Automata.makeCharRange('0', '9');
    }

    private static BytesRef bytes(BigInteger number) {
        return new BytesRef(number.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static Automaton sequence(Automaton... parts) {
        return Operations.concatenate(List.of(parts));
    }

    private static Automaton union(List<Automaton> parts) {
        return parts.isEmpty()
                ? Automata.makeEmpty()
                : Operations.removeDeadStates(Operations.determinize(Operations.union(parts), DETERMINIZE_WORK));
    }
}
