package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.gate.GateCheck;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.gate.GateStatus;
import dev.tandem.evaluation.run.RunMetric;
import java.util.Locale;
import java.util.Map;

/** What the gate of evaluation runs says. */
public final class RunGateText {
    private RunGateText() {}

    /** For people: a table of all checks, what did not pass in words, the verdict. */
    public static String of(GateOutcome outcome, Terminal terminal) {
        int name = outcome.checks().stream()
                .mapToInt(check -> check.name().length())
                .max()
                .orElse(5);
        var layout = "%-" + name + "s  %-26s %10s   %s%n";
        var text = new StringBuilder(String.format(Locale.ROOT, layout, "check", "asked", "measured", "result"));
        for (var check : outcome.checks()) {
            var value = check.value()
                    .map(measured -> RunMetric.shown(check.metric(), measured))
                    .orElse("-");
            text.append(String.format(
                    Locale.ROOT,
                    layout,
                    Terminal.printable(check.name()),
                    check.threshold(),
                    value,
                    result(check, terminal)));
        }
        outcome.checks().stream()
                .filter(check -> check.status() != GateStatus.PASSED)
                .forEach(check -> text.append(String.format("%n%s", Terminal.printable(check.sentence()))));
        var verdict = outcome.sentence();
        return text.append(String.format(
                        "%n%n%s", outcome.passed() ? terminal.bold(verdict) : terminal.bold(terminal.warning(verdict))))
                .toString();
    }

    private static String result(GateCheck check, Terminal terminal) {
        var label = check.status().label();
        return switch (check.status()) {
            case PASSED -> label;
            case FAILED -> terminal.warning(label);
            case NOT_MEASURED -> terminal.dim(label);
        };
    }

    /** For programs; the same as in a webhook's call. */
    public static Map<String, Object> json(GateOutcome outcome) {
        return Json.object(
                "run", outcome.run(),
                "baseline", outcome.baseline(),
                "passed", outcome.passed(),
                "failed", outcome.count(GateStatus.FAILED),
                "not_measured", outcome.count(GateStatus.NOT_MEASURED),
                "checks", outcome.checks().stream().map(RunGateText::json).toList());
    }

    private static Map<String, Object> json(GateCheck check) {
        return Json.object(
                "name", check.name(),
                "kind", check.kind().name().toLowerCase(Locale.ROOT),
                "metric", check.metric(),
                "threshold", check.threshold(),
                "value", check.value(),
                "low", check.interval().map(interval -> interval.low()),
                "high", check.interval().map(interval -> interval.high()),
                "status", check.status().key(),
                "sentence", check.sentence());
    }
}
