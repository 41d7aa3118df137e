package dev.tandem.evaluation.metric.task;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Arithmetic and look-ups of numbers: the last number of the answer is the last number of a reference.
 *
 * @param tolerance how far it may be off, as a share of the reference (0.01 is 1%); of a reference of 0, absolutely. At
 *     least 0 and finite; at 0 the numbers are equal as decimals, so that 2 is 2.00.
 */
public record NumericCheck(double tolerance) implements TaskCheck {
    public NumericCheck {
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException("The tolerance is " + tolerance);
        }
    }

    @Override
    public Optional<Boolean> right(String answer, List<String> references) {
        var number = LastNumber.of(answer);
        return Optional.of(number.isPresent()
                && references.stream()
                        .flatMap(reference -> LastNumber.of(reference).stream())
                        .anyMatch(wanted -> near(number.get(), wanted)));
    }

    @Override
    public Optional<String> fault(String reference) {
        return LastNumber.of(reference).isEmpty() ? Optional.of("has no number") : Optional.empty();
    }

    @Override
    public String signature() {
        return "task:numeric|number:last|tolerance:"
                + BigDecimal.valueOf(tolerance).stripTrailingZeros().toPlainString();
    }

    private boolean near(BigDecimal number, BigDecimal wanted) {
        var unit = wanted.signum() == 0 ? BigDecimal.ONE : wanted.abs();
        return number.subtract(wanted).abs().compareTo(unit.multiply(BigDecimal.valueOf(tolerance))) <= 0;
    }
}
