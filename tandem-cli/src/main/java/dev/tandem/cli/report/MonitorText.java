package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.server.watch.FiredAlert;
import dev.tandem.server.watch.MonitoringReport;
import dev.tandem.server.watch.NewBaseline;
import dev.tandem.workspace.alert.Alerts;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How live answers do. */
public final class MonitorText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private MonitorText() {}

    /** For people. */
    public static String of(MonitoringReport report, int days, Terminal terminal) {
        int answers = report.periods().stream()
                .mapToInt(MonitoringReport.Period::answers)
                .sum();
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d answers in %d %s, %,d of them judged (%.0f%% are, at most %d a minute).",
                answers,
                days,
                days == 1 ? "day" : "days",
                report.judging().judged(),
                100 * report.judging().share(),
                report.judging().perMinute()));
        if (!report.drift()) {
            lines.add("Nothing is compared with a baseline: monitoring.drift is false in tandem.yaml.");
        } else {
            lines.add("");
            report.metrics().forEach(metric -> lines.add(line(metric, terminal)));
        }
        lines.add("");
        var open = report.alerts().stream()
                .filter(alert -> alert.mended().isEmpty())
                .toList();
        lines.add(
                open.isEmpty()
                        ? "No alert is open."
                        : open.size() == 1 ? "1 alert is open:" : open.size() + " alerts are open:");
        open.forEach(alert -> lines.addAll(lines(alert, terminal)));
        lines.add(terminal.dim("Told by "
                + report.channels().stream()
                        .map(MonitoringReport.Channel::address)
                        .collect(Collectors.joining(", "))
                + "."));
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(MonitoringReport.Metric metric, Terminal terminal) {
        var name = String.format(Locale.ROOT, "%-18s ", metric.metric());
        if (metric.baseline().isEmpty()) {
            return name + terminal.dim("no baseline yet: " + metric.missing() + " more observations make one");
        }
        var baseline = metric.baseline().get();
        if (metric.looks().isEmpty()) {
            return name + terminal.dim("baseline of " + baseline.size() + "; nothing to compare with it yet");
        }
        var look = metric.looks().getLast();
        var numbers = baseline.mean()
                .map(mean ->
                        number(metric.metric(), look.mean().orElse(mean)) + " against " + number(metric.metric(), mean))
                .orElseGet(() ->
                        String.format(Locale.ROOT, "distance %.4f, by chance %.4f", look.size(), look.byChance()));
        var state = metric.drifting() ? terminal.warning("drifting") : "as usual";
        return name
                + state
                + String.format(
                        Locale.ROOT,
                        "  %s  p %.2g  after %,d since a baseline of %,d",
                        numbers,
                        look.pValue(),
                        look.observed(),
                        baseline.size());
    }

    private static String number(String metric, double value) {
        return metric.equals("latency")
                ? String.format(Locale.ROOT, "%,.0f ms", value)
                : String.format(Locale.ROOT, "%.3f", value);
    }

    private static List<String> lines(FiredAlert alert, Terminal terminal) {
        var lines = new ArrayList<String>();
        lines.add("  " + terminal.warning(alert.rule()) + "  since " + TIME.format(alert.fired()));
        lines.add("    " + Terminal.printable(alert.sentence()));
        if (!alert.look().isEmpty()) {
            lines.add("    " + Terminal.printable(alert.look()));
        }
        alert.deliveries()
                .forEach(each -> each.trouble()
                        .ifPresent(trouble -> lines.add("    " + terminal.warning(Terminal.printable(trouble)))));
        return lines;
    }

    /** For programs: the fields of {@code GET /api/monitoring}. */
    public static Map<String, Object> json(MonitoringReport report) {
        return Json.object(
                "time", report.time().toString(),
                "judging",
                        Json.object(
                                "share", report.judging().share(),
                                "per_minute", report.judging().perMinute(),
                                "judged", report.judging().judged()),
                "drift", report.drift(),
                "metrics", report.metrics().stream().map(MonitorText::json).toList(),
                "periods", report.periods().stream().map(MonitorText::json).toList(),
                "alerts", report.alerts().stream().map(MonitorText::json).toList(),
                "rules", report.rules(),
                "channels",
                        report.channels().stream()
                                .map(each -> Json.object("channel", each.channel(), "address", each.address()))
                                .toList());
    }

    private static Map<String, Object> json(MonitoringReport.Metric metric) {
        return Json.object(
                "metric", metric.metric(),
                "missing", metric.missing(),
                "baseline",
                        metric.baseline()
                                .map(each -> Json.object(
                                        "time", each.time().toString(),
                                        "source", each.source(),
                                        "size", each.size(),
                                        "mean", each.mean())),
                "observed", metric.observed(),
                "drifting", metric.drifting(),
                "looks",
                        metric.looks().stream()
                                .map(look -> Json.object(
                                        "time", look.time().toString(),
                                        "observed", look.observed(),
                                        "window", look.window(),
                                        "size", look.size(),
                                        "by_chance", look.byChance(),
                                        "p_value", look.pValue(),
                                        "level", look.level(),
                                        "mean", look.mean(),
                                        "drifting", look.drifting()))
                                .toList());
    }

    private static Map<String, Object> json(MonitoringReport.Period period) {
        return Json.object(
                "from", period.from().toString(),
                "answers", period.answers(),
                "declined", period.declined(),
                "failed", period.failed(),
                "latency", period.latency(),
                "latency95", period.latency95(),
                "judged", period.judged(),
                "faithfulness", period.faithfulness(),
                "answer_relevancy", period.answerRelevancy(),
                "context_relevancy", period.contextRelevancy());
    }

    private static Map<String, Object> json(FiredAlert alert) {
        return Json.object(
                "id", alert.id(),
                "rule", alert.rule(),
                "metric", alert.metric(),
                "fired", alert.fired().toString(),
                "sentence", alert.sentence(),
                "look", alert.look(),
                "value", alert.value(),
                "baseline", alert.baseline(),
                "mended", alert.mended().map(Object::toString),
                "mended_sentence", alert.mendedSentence(),
                "deliveries",
                        alert.deliveries().stream()
                                .map(each -> Json.object(
                                        "channel", each.channel(),
                                        "address", each.address(),
                                        "state", each.state(),
                                        "trouble", each.trouble()))
                                .toList());
    }

    /** For people: what was taken as usual. */
    public static String of(List<NewBaseline.Taken> taken) {
        return taken.stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "%-18s %s",
                        each.metric(),
                        each.size() > 0 ? "the newest " + each.size() : "left as it is: too few observations"))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** For programs. */
    public static Map<String, Object> json(List<NewBaseline.Taken> taken) {
        return Json.object(
                "metrics",
                taken.stream()
                        .map(each -> Json.object("metric", each.metric(), "size", each.size()))
                        .toList());
    }

    /** For people: who was told. */
    public static String deliveries(List<Alerts.Delivery> told, Terminal terminal) {
        return told.stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "%-8s %s",
                        each.channel().key(),
                        each.trouble()
                                .map(trouble -> terminal.warning(Terminal.printable(trouble)))
                                .orElse("told " + each.address())))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** For programs. */
    public static Map<String, Object> deliveriesJson(List<Alerts.Delivery> told) {
        return Json.object(
                "channels",
                told.stream()
                        .map(each -> Json.object(
                                "channel", each.channel().key(),
                                "address", each.address(),
                                "trouble", each.trouble()))
                        .toList());
    }
}
