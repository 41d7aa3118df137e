package dev.tandem.evaluation.advice;

import dev.tandem.evaluation.cost.Approach;
import dev.tandem.evaluation.cost.Estimate;
import java.util.List;
import java.util.Optional;

/**
 * A recommendation and how it came about.
 *
 * @param recommendation what to do
 * @param byRules what the rules of thumb say of the needs alone, before budget, examples and measurements
 * @param reason in a sentence, for people
 * @param path every step
 * @param givesWay where constraints conflict, what is given up; empty if nothing
 * @param settings of tandem.yaml
 * @param commands what to do next, in order
 * @param industry whose preset was used
 * @param evidence that was given
 * @param costs with the book's number of queries
 * @param currency of the costs
 */
public record Advice(
        Approach recommendation,
        Approach byRules,
        String reason,
        List<Step> path,
        List<String> givesWay,
        List<SettingAdvice> settings,
        List<String> commands,
        Optional<Industry> industry,
        Optional<Evidence> evidence,
        Estimate costs,
        String currency) {
    public Advice {
        path = List.copyOf(path);
        givesWay = List.copyOf(givesWay);
        settings = List.copyOf(settings);
        commands = List.copyOf(commands);
    }
}
