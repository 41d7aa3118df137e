package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.evaluation.judge.llm.LlmJudge;
import dev.tandem.evaluation.judge.llm.Usage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a judging model was asked and what it cost.
 *
 * @param controlsRight control claims that it got right
 * @param price what a million tokens read and written cost, if known
 */
public record ModelUse(Usage usage, int controlsRight, Optional<double[]> price) {
    private static final double MILLION = 1e6;

    /** In the currency of the prices. */
    private Optional<Double> cost() {
        return price.map(each -> (usage.inputTokens() * each[0] + usage.outputTokens() * each[1]) / MILLION);
    }

    /** For people. */
    String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "The model got %d of %d control claims right. It was asked %,d times",
                controlsRight,
                LlmJudge.controlClaims(),
                usage.requests()));
        if (usage.repeated() > 0) {
            text.append(String.format(Locale.ROOT, " (%,d requests were repeated)", usage.repeated()));
        }
        text.append(String.format(
                Locale.ROOT, ": %,d tokens read, %,d written", usage.inputTokens(), usage.outputTokens()));
        cost().ifPresent(cost -> text.append(String.format(Locale.ROOT, ", %.4f at the given prices", cost)));
        if (usage.uncounted() > 0) {
            text.append(String.format(
                    Locale.ROOT, "; of %,d replies the server did not tell the tokens", usage.uncounted()));
        }
        return text.append('.').toString();
    }

    /** For programs. */
    Map<String, Object> json() {
        return Json.object(
                "control_claims", LlmJudge.controlClaims(),
                "control_right", controlsRight,
                "requests", usage.requests(),
                "repeated", usage.repeated(),
                "input_tokens", usage.inputTokens(),
                "output_tokens", usage.outputTokens(),
                "uncounted", usage.uncounted(),
                "cost", cost());
    }
}
