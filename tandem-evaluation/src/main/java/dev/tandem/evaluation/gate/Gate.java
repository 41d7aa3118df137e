package dev.tandem.evaluation.gate;

import dev.tandem.evaluation.gate.GateCheck.Kind;
import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.run.RunMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks a run: that it is whole, that its metrics keep their thresholds, and that none is worse than a baseline. A value
 * that cannot be had is said, and fails only where it is required; a gate that could measure nothing at all fails. Immutable.
 */
public record Gate(GateSettings settings) {
    /**
     * Checks.
     *
     * @param examples those of the run
     * @param baseline what it is compared with
     */
    public GateOutcome check(EvaluationRun run, List<ExampleResult> examples, Optional<Baseline> baseline) {
        var checks = new ArrayList<GateCheck>();
        settings.thresholds().forEach(threshold -> checks.add(check(run, examples, threshold)));
        baseline.ifPresent(
                other -> checks.addAll(new RegressionChecks(settings.regressions(), other).of(run, examples)));
        boolean measured = checks.stream().anyMatch(check -> check.status() != GateStatus.NOT_MEASURED);
        checks.addFirst(answered(run, examples));
        if (!measured) {
            checks.add(nothing());
        }
        return new GateOutcome(run.id(), baseline.map(other -> other.run().id()), checks);
    }

    private GateCheck answered(EvaluationRun run, List<ExampleResult> examples) {
        long answers = examples.stream()
                .filter(example -> example.answer().isPresent())
                .count();
        double share = examples.isEmpty() ? 0 : (double) answers / examples.size();
        boolean finished = run.finished().isPresent();
        boolean enough = !examples.isEmpty() && share >= 1 - settings.missing() - 1e-9;
        var sentence = String.format(
                Locale.ROOT,
                "%,d of %,d questions have an answer%s%s.",
                answers,
                examples.size(),
                enough
                        ? ""
                        : String.format(Locale.ROOT, ", and at least %.0f%% should", 100 * (1 - settings.missing())),
                finished ? "" : "; the run has not come to its end, so that its numbers do not stand for the test set");
        return new GateCheck(
                "answered",
                Kind.COMPLETENESS,
                "answered",
                String.format(Locale.ROOT, "at least %.3f", 1 - settings.missing()),
                Optional.of(share),
                Optional.empty(),
                finished && enough ? GateStatus.PASSED : GateStatus.FAILED,
                sentence);
    }

    private GateCheck check(EvaluationRun run, List<ExampleResult> examples, Threshold threshold) {
        var asked = threshold.bound().words() + " " + RunMetric.shown(threshold.metric(), threshold.value());
        var summary = run.summaries().stream()
                .filter(each ->
                        each.metric().equals(threshold.metric()) && each.type().equals(threshold.type()))
                .findFirst();
        var trouble = summary.map(this::trouble)
                .orElse(Optional.of("the run has no such value"))
                .or(() -> OutOfReach.of(threshold, run, examples));
        if (summary.isEmpty() || trouble.isPresent()) {
            return new GateCheck(
                    threshold.name(),
                    Kind.THRESHOLD,
                    threshold.metric(),
                    asked,
                    Optional.empty(),
                    Optional.empty(),
                    threshold.required() ? GateStatus.FAILED : GateStatus.NOT_MEASURED,
                    threshold.name() + " was not measured: " + trouble.orElseThrow()
                            + (threshold.required() ? ". It is required." : "."));
        }
        var measured = summary.get();
        boolean allowed = threshold.allows(measured.value());
        return new GateCheck(
                threshold.name(),
                Kind.THRESHOLD,
                threshold.metric(),
                asked,
                Optional.of(measured.value()),
                measured.interval(),
                allowed ? GateStatus.PASSED : GateStatus.FAILED,
                threshold.name() + " is " + RunMetric.shown(threshold.metric(), measured.value())
                        + measured.interval()
                                .map(interval -> interval(threshold.metric(), interval))
                                .orElse("")
                        + " on " + questions(measured.examples()) + (allowed ? "; " : ", but should be ") + asked
                        + (allowed ? " is asked." : "."));
    }

    /** What speaks against using a summary's value. */
    private Optional<String> trouble(MetricSummary summary) {
        if (!Double.isFinite(summary.value()) || summary.examples() == 0) {
            return Optional.of("no question has a value");
        }
        int all = summary.examples() + summary.missing();
        return summary.missing() > settings.missing() * all + 1e-9
                ? Optional.of("%,d of %,d values are missing".formatted(summary.missing(), all))
                : Optional.empty();
    }

    private static GateCheck nothing() {
        return new GateCheck(
                "measured",
                Kind.COMPLETENESS,
                "measured",
                "at least one check",
                Optional.empty(),
                Optional.empty(),
                GateStatus.FAILED,
                "Nothing that the gate asks for was measured, so that it says nothing: ask for what the run has.");
    }

    static String interval(String metric, BootstrapInterval interval) {
        return String.format(
                Locale.ROOT,
                " (%.0f%%: %s to %s)",
                interval.confidence() * 100,
                RunMetric.shown(metric, interval.low()),
                RunMetric.shown(metric, interval.high()));
    }

    static String questions(int count) {
        return count == 1 ? "1 question" : "%,d questions".formatted(count);
    }
}
