package dev.tandem.answering.route;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * An exact fraction, in lowest terms.
 *
 * @param below positive
 */
record Fraction(BigInteger above, BigInteger below) {
    private static final int DIGITS = 12;
    private static final int LONGEST_POWER = 1_000;
    private static final int ROOT_DIGITS = 40;

    Fraction {
        if (below.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        var common = above.gcd(below).max(BigInteger.ONE);
        var sign = BigInteger.valueOf(below.signum());
        above = above.divide(common).multiply(sign);
        below = below.divide(common).multiply(sign);
    }

    static Fraction of(String decimal) {
        var number = new BigDecimal(decimal);
        int scale = Math.max(0, number.scale());
        return new Fraction(number.setScale(scale).unscaledValue(), BigInteger.TEN.pow(scale));
    }

    Fraction plus(Fraction other) {
        return new Fraction(above.multiply(other.below).add(other.above.multiply(below)), below.multiply(other.below));
    }

    Fraction negated() {
        return new Fraction(above.negate(), below);
    }

    Fraction times(Fraction other) {
        return new Fraction(above.multiply(other.above), below.multiply(other.below));
    }

    Fraction dividedBy(Fraction other) {
        return new Fraction(above.multiply(other.below), below.multiply(other.above));
    }

    /** To a whole power. */
    Fraction power(Fraction exponent) {
        if (!exponent.below.equals(BigInteger.ONE)
                || exponent.above.abs().compareTo(BigInteger.valueOf(LONGEST_POWER)) > 0) {
            throw new ArithmeticException("only whole powers up to " + LONGEST_POWER);
        }
        int times = exponent.above.abs().intValueExact();
        var power = new Fraction(above.pow(times), below.pow(times));
        return exponent.above.signum() < 0 ? of("1").dividedBy(power) : power;
    }

    /** Of a whole number up to 1,000. */
    Fraction factorial() {
        if (!below.equals(BigInteger.ONE)
                || above.signum() < 0
                || above.compareTo(BigInteger.valueOf(LONGEST_POWER)) > 0) {
            throw new ArithmeticException("only factorials of whole numbers up to " + LONGEST_POWER);
        }
        var product = BigInteger.ONE;
        for (int i = 2; i <= above.intValueExact(); i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return new Fraction(product, BigInteger.ONE);
    }

    /** The square root; to 40 digits where it is no fraction. */
    Fraction root() {
        if (above.signum() < 0) {
            throw new ArithmeticException("the root of a negative number");
        }
        var root = new Fraction(above.sqrt(), below.sqrt());
        if (root.times(root).equals(this)) {
            return root;
        }
        var context = new MathContext(ROOT_DIGITS);
        return of(new BigDecimal(above)
                .divide(new BigDecimal(below), context)
                .sqrt(context)
                .toPlainString());
    }

    /** As people write it: exact where 12 decimals suffice, else to 12 digits, with "about". */
    String display() {
        var shifted = new Fraction(above.multiply(BigInteger.TEN.pow(DIGITS)), below);
        if (shifted.below.equals(BigInteger.ONE)) {
            return new BigDecimal(shifted.above, DIGITS).stripTrailingZeros().toPlainString();
        }
        return "about "
                + new BigDecimal(above)
                        .divide(new BigDecimal(below), new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                        .toPlainString();
    }
}
