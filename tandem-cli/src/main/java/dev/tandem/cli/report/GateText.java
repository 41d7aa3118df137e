package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.tuning.example.gate.CleanedCopy;
import dev.tandem.tuning.example.gate.Finding;
import dev.tandem.tuning.example.gate.FindingKind;
import dev.tandem.tuning.example.gate.GateReport;
import dev.tandem.tuning.example.gate.Leak;
import dev.tandem.tuning.example.gate.Place;
import dev.tandem.tuning.example.split.SplitFolder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the data gate found, and splits. */
public final class GateText {
    private static final int SHOWN = 3;

    private GateText() {}

    /** A report, for people. */
    public static String of(GateReport report, Optional<CleanedCopy> copy, Terminal terminal) {
        var text = new StringBuilder(String.format(Locale.ROOT, "%s: %,d examples", report.file(), report.examples()));
        if (report.findings().isEmpty()) {
            text.append(", nothing found.");
        }
        for (var finding : report.findings()) {
            text.append(finding(finding, terminal));
        }
        report.leakage().stream()
                .filter(against -> !against.leakage().found())
                .forEach(against -> text.append(String.format(
                        Locale.ROOT,
                        "%n%nNothing of %s (%,d examples) is given away.",
                        against.name(),
                        against.leakage().examples())));
        copy.ifPresent(written -> text.append(String.format(
                Locale.ROOT,
                "%n%nThe cleaned copy has %,d examples; %,d were left out, in %,d personal data was replaced.",
                written.kept(),
                written.leftOut(),
                written.redacted())));
        return Terminal.printable(text.toString());
    }

    private static String finding(Finding finding, Terminal terminal) {
        var text = new StringBuilder("\n\n")
                .append(
                        switch (finding.severity()) {
                            case ERROR -> terminal.bold(terminal.warning("error"));
                            case WARNING -> terminal.warning("warning");
                            case NOTE -> terminal.dim("note");
                        });
        text.append("  ")
                .append(terminal.bold(finding.summary()))
                .append(".\n  ")
                .append(finding.kind().advice());
        if (finding.kind().mending() != FindingKind.Mending.NONE) {
            text.append(" (--fix: ").append(finding.kind().mending()).append(')');
        }
        finding.places().stream().limit(SHOWN).forEach(place -> text.append(place(place)));
        if (finding.lines().size() > SHOWN) {
            text.append(String.format(
                    Locale.ROOT, "%n    and %,d more", finding.lines().size() - SHOWN));
        }
        return text.toString();
    }

    private static String place(Place place) {
        return "\n    line " + place.line() + (place.detail().isEmpty() ? "" : " (" + place.detail() + ")")
                + (place.excerpt().isEmpty() ? "" : ": " + place.excerpt());
    }

    /** A report, for programs. */
    public static Map<String, Object> json(GateReport report, Optional<CleanedCopy> copy) {
        return Json.object(
                "file", report.file(),
                "examples", report.examples(),
                "concerned", report.concerned(),
                "leaks", report.leaks(),
                "findings", report.findings().stream().map(GateText::json).toList(),
                "leakage", report.leakage().stream().map(GateText::json).toList(),
                "lengths", report.lengths(),
                "languages", report.languages(),
                "answers", report.answers(),
                "personal_data", report.personal(),
                "cleaned",
                        copy.map(written -> Json.object(
                                "kept",
                                written.kept(),
                                "left_out",
                                written.leftOut(),
                                "redacted",
                                written.redacted())));
    }

    private static Map<String, Object> json(Finding finding) {
        return Json.object(
                "kind", finding.kind(),
                "severity", finding.severity(),
                "summary", finding.summary(),
                "advice", finding.kind().advice(),
                "fix", finding.kind().mending(),
                "lines", finding.lines(),
                "places",
                        finding.places().stream()
                                .map(place -> Json.object(
                                        "line", place.line(), "detail", place.detail(), "excerpt", place.excerpt()))
                                .toList());
    }

    private static Map<String, Object> json(GateReport.Against against) {
        var thresholds = new LinkedHashMap<String, Object>();
        for (var part : Leak.Part.values()) {
            var threshold = against.leakage().thresholds().get(part);
            if (threshold != null) {
                thresholds.put(part.name().toLowerCase(Locale.ROOT), Json.rounded(threshold));
            }
        }
        return Json.object(
                "against", against.name(),
                "examples", against.leakage().examples(),
                "thresholds", thresholds,
                "leaks",
                        against.leakage().leaks().stream()
                                .map(leak -> Json.object(
                                        "line", leak.line(),
                                        "part", leak.part().name().toLowerCase(Locale.ROOT),
                                        "kind", leak.kind().name().toLowerCase(Locale.ROOT),
                                        "training_line", leak.trainingLine(),
                                        "likeness", Json.rounded(leak.likeness())))
                                .toList());
    }

    /** A split, for people. */
    public static String of(SplitFolder split) {
        var text = new StringBuilder(String.format(
                Locale.ROOT, "%,d groups, the largest of %,d examples:", split.groups(), split.largest()));
        split.files()
                .forEach((part, file) -> text.append(
                        String.format(Locale.ROOT, "%n  %,8d  %s", split.sizes().getOrDefault(part, 0), file)));
        return text.toString();
    }

    /** A split, for programs. */
    public static Map<String, Object> json(SplitFolder split) {
        var files = new LinkedHashMap<String, Object>();
        split.files()
                .forEach((part, file) -> files.put(
                        part.toString(),
                        Json.object("file", file, "examples", split.sizes().getOrDefault(part, 0))));
        return Json.object("groups", split.groups(), "largest_group", split.largest(), "parts", files);
    }
}
