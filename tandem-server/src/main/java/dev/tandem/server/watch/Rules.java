package dev.tandem.server.watch;

import dev.tandem.evaluation.drift.Shift;
import dev.tandem.workspace.settings.AlertMetric;
import dev.tandem.workspace.settings.AlertRule;
import dev.tandem.workspace.settings.AlertRule.Condition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds the rules of tandem.yaml against what was found. */
final class Rules {
    private final List<AlertRule> rules;
    private final LiveStore store;
    private final AlertDesk desk;

    Rules(List<AlertRule> rules, LiveStore store, AlertDesk desk) {
        this.rules = List.copyOf(rules);
        this.store = store;
        this.desk = desk;
    }

    /** After a look at a metric. */
    void looked(Comparison.Looked looked) {
        for (var rule : rules) {
            if (rule.metric() == looked.look().metric()) {
                switch (rule.condition()) {
                    case Condition.Drift drift -> drift(rule, looked);
                    case Condition.Change change -> change(rule, change, looked);
                    case Condition.Bound bound -> {}
                    case Condition.Failure failure -> {}
                }
            }
        }
    }

    private void drift(AlertRule rule, Comparison.Looked looked) {
        var clearest = looked.clearest();
        if (clearest.found()) {
            desk.fire(
                    rule,
                    new AlertDesk.Finding(
                            String.format(
                                    Locale.ROOT,
                                    "What is asked has changed: the newest %d questions differ from the %,d of the baseline by more"
                                            + " than chance explains (p = %.1g).",
                                    clearest.window(),
                                    looked.baseline().size(),
                                    clearest.pValue()),
                            "Look at the newest questions (the page's Monitoring shows those least like the baseline): if the documents"
                                    + " answer them, add some to the test set and take a new baseline with `tandem monitor"
                                    + " baseline`; if not, add documents.",
                            Optional.of(clearest.size()),
                            Optional.of(clearest.byChance())));
        } else if (!looked.look().drifting()) {
            desk.mend(rule, "What is asked is like the baseline again, as far as the newest questions tell.");
        }
    }

    private void change(AlertRule rule, Condition.Change change, Comparison.Looked looked) {
        double mean = looked.baseline().mean();
        double least = change.relative() ? change.least() * mean : change.least();
        var found = looked.shifts().stream()
                .filter(shift -> shift.found() && shift.size() >= least)
                .findFirst();
        if (found.isPresent()) {
            desk.fire(rule, finding(rule.metric(), mean, looked.baseline().size(), found.get()));
        } else if (!looked.look().drifting() || looked.look().size() < least / 2) {
            desk.mend(
                    rule,
                    said(rule.metric().words()) + " is back at "
                            + shown(rule.metric(), looked.look().mean().orElse(mean)) + "; the baseline is "
                            + shown(rule.metric(), mean) + ".");
        }
    }

    private static AlertDesk.Finding finding(AlertMetric metric, double mean, int size, Shift shift) {
        double now = mean + (metric.worseAbove() ? shift.size() : -shift.size());
        return new AlertDesk.Finding(
                String.format(
                        Locale.ROOT,
                        "%s %s from %s to %s, on the newest %d against the %,d of the baseline, by more than chance explains (p ="
                                + " %.1g).",
                        said(metric.words()),
                        metric.worseAbove() ? "rose" : "fell",
                        shown(metric, mean),
                        shown(metric, now),
                        shift.window(),
                        size,
                        shift.pValue()),
                look(metric),
                Optional.of(now),
                Optional.of(mean));
    }

    /** Bounds of a metric, whatever its baseline; called when there is something new. */
    void observed(AlertMetric metric) {
        for (var rule : rules) {
            if (rule.metric() == metric && rule.condition() instanceof Condition.Bound bound) {
                bound(rule, bound);
            }
        }
    }

    private void bound(AlertRule rule, Condition.Bound bound) {
        var newest = store.newest(rule.metric(), Long.MAX_VALUE, bound.window());
        if (newest.size() < bound.window()) {
            return;
        }
        double mean = newest.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        boolean beyond = bound.above() ? mean > bound.value() : mean < bound.value();
        var sentence = String.format(
                Locale.ROOT,
                "%s is %s over the newest %d; the bound is %s.",
                said(rule.metric().words()),
                shown(rule.metric(), mean),
                bound.window(),
                shown(rule.metric(), bound.value()));
        if (beyond) {
            desk.fire(
                    rule,
                    new AlertDesk.Finding(
                            sentence, look(rule.metric()), Optional.of(mean), Optional.of(bound.value())));
        } else {
            desk.mend(rule, sentence);
        }
    }

    private static String look(AlertMetric metric) {
        return switch (metric) {
            case FAITHFULNESS ->
                "Look at answers with unsupported sentences: did a document, the model or a setting change? `tandem evaluate`"
                        + " tells whether the test set shows it too.";
            case ANSWER_RELEVANCY, CONTEXT_RELEVANCY ->
                "Look at the newest questions and what was found for them: are there documents that answer them? `tandem evaluate`"
                        + " tells whether the test set shows it too.";
            case DECLINED ->
                "Look at the questions that were declined: add documents that answer them, or see whether an ingest took"
                        + " documents away (`tandem status`).";
            case FAILED -> "Look at the log for errors, and whether the language model and the disk can be reached.";
            case THUMBS_DOWN -> "Look at the newest feedback under Monitoring and at its reasons.";
            case LATENCY ->
                "Look at tandem_answer_seconds by model and at tandem_waiting in /metrics: is the machine, or the language"
                        + " model's server, busier than before?";
            case QUESTIONS -> "Look at the newest questions.";
            case GATE -> "Look at `tandem runs show last`.";
        };
    }

    private static String said(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String shown(AlertMetric metric, double value) {
        return metric.kind() == AlertMetric.Kind.MILLISECONDS
                ? String.format(Locale.ROOT, "%,.0f ms", value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
