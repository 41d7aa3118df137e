package dev.tandem.evaluation.run;

import dev.tandem.evaluation.strategy.StrategyAnswer;
import java.util.OptionalDouble;

/** Values of single examples by a metric's name, those that stand in the answer itself included. */
public final class ExampleValues {
    private ExampleValues() {}

    /** The value, if the example has a finite one. {@code latency_ms} is the answer's total time. */
    public static OptionalDouble of(ExampleResult example, String metric) {
        var measured = example.metrics().get(metric);
        if (measured != null) {
            return finite(measured);
        }
        if (example.answer().isEmpty()) {
            return OptionalDouble.empty();
        }
        var answer = example.answer().get();
        return switch (metric) {
            case "latency_ms" -> latency(answer);
            case "prompt_tokens" -> OptionalDouble.of(answer.promptTokens());
            case "answer_tokens" -> OptionalDouble.of(answer.answerTokens());
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble latency(StrategyAnswer answer) {
        var total = answer.timings().get("total");
        return total == null ? OptionalDouble.empty() : finite(total);
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
