package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.workspace.testset.DetectableDifference;
import dev.tandem.workspace.testset.DraftingReport;
import dev.tandem.workspace.testset.TestSetFinding;
import dev.tandem.workspace.testset.TestSetPage;
import dev.tandem.workspace.testset.TestSetReport;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Drafts of a test set, and what a check of one found. */
public final class TestSetText {
    private static final int EXAMPLES = 5;
    private static final int SHOWN = 5;

    private TestSetText() {}

    /** What was drafted, for people. */
    public static String of(DraftingReport report, int wanted) {
        var text = new StringBuilder();
        report.cases().stream()
                .limit(EXAMPLES)
                .forEach(testCase -> text.append("  ")
                        .append(testCase.question())
                        .append("\n    = ")
                        .append(
                                testCase.answers().isEmpty()
                                        ? "(not answered)"
                                        : String.join(" / ", testCase.answers()))
                        .append('\n'));
        text.append(String.format(
                Locale.ROOT,
                "Drafted %,d questions into %s, which has %,d now: %s.",
                report.cases().size(),
                report.file(),
                report.total(),
                counts(report)));
        if (report.cases().size() < wanted) {
            text.append("\nThe documents gave no more that are unlike each other and unlike those of the test set.");
        }
        report.unreadable()
                .filter(count -> count > 0)
                .ifPresent(count -> text.append("\nThe model's reply could not be read for ")
                        .append(count)
                        .append(" passages."));
        report.refused()
                .filter(count -> count > 0)
                .ifPresent(count -> text.append("\nLeft out ")
                        .append(count)
                        .append(" questions of the model, most because their answer does not stand in the document."));
        text.append("\nNobody has reviewed them: next, `tandem testset review`.");
        return Terminal.printable(text.toString());
    }

    private static String counts(DraftingReport report) {
        return by(report, testCase -> testCase.type().key()).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Integer> by(DraftingReport report, Function<TestCase, String> key) {
        return report.cases().stream().collect(Collectors.toMap(key, each -> 1, Integer::sum, TreeMap::new));
    }

    /** What was drafted, for programs. */
    public static Map<String, Object> json(DraftingReport report) {
        return Json.object(
                "file", report.file(),
                "drafted", report.cases().size(),
                "total", report.total(),
                "found", report.found(),
                "types", by(report, testCase -> testCase.type().key()),
                "origins", by(report, testCase -> testCase.origin().orElse("")),
                "unreadable_replies", report.unreadable(),
                "refused", report.refused(),
                "ids", report.cases().stream().map(TestCase::id).toList());
    }

    /** A check, for people. */
    public static String of(TestSetReport report) {
        var coverage = report.coverage();
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %,d questions, %,d of them reviewed, version %s",
                report.file(),
                report.questions(),
                report.reviewed(),
                report.hash().substring(0, 12)));
        for (var finding : report.findings()) {
            text.append(finding(finding));
        }
        if (report.findings().isEmpty()) {
            text.append("\n\nNothing is wrong that this check knows of.");
        }
        text.append(String.format(
                Locale.ROOT, "%n%n%,d of %,d documents are asked about.%n", coverage.asked(), coverage.documents()));
        int longest = coverage.topics().stream()
                .mapToInt(topic -> topic.name().length())
                .max()
                .orElse(0);
        int width = Math.min(longest, 48);
        text.append(String.format(
                Locale.ROOT, "%n  %-" + Math.max(5, width) + "s  documents  asked about  questions", "topic"));
        coverage.topics()
                .forEach(topic -> text.append(String.format(
                        Locale.ROOT,
                        "%n  %-" + Math.max(5, width) + "s  %9d  %11d  %9d",
                        topic.name().length() > width
                                ? "…" + topic.name().substring(topic.name().length() - width + 1)
                                : topic.name(),
                        topic.documents(),
                        topic.asked(),
                        topic.questions())));
        text.append("\n\n  type        ").append(row(coverage.types()));
        text.append("\n  difficulty  ").append(row(coverage.difficulties()));
        text.append("\n  origin      ").append(row(coverage.origins()));
        text.append("\n\n").append(TestSetPage.power(report));
        return Terminal.printable(text.toString());
    }

    private static String row(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String finding(TestSetFinding finding) {
        var text = new StringBuilder("\n\n")
                .append(finding.kind().serious() ? "error" : "warning")
                .append("  ")
                .append(finding.places().size())
                .append(' ')
                .append(finding.kind().sentence())
                .append('.');
        finding.places().stream()
                .limit(SHOWN)
                .forEach(place -> text.append("\n    ")
                        .append(place.id())
                        .append("  ")
                        .append(place.question())
                        .append(" (")
                        .append(place.detail())
                        .append(')'));
        if (finding.places().size() > SHOWN) {
            text.append("\n    and ").append(finding.places().size() - SHOWN).append(" more");
        }
        return text.toString();
    }

    /** A check, for programs. */
    public static Map<String, Object> json(TestSetReport report) {
        var coverage = report.coverage();
        return Json.object(
                "file", report.file(),
                "version", report.hash(),
                "questions", report.questions(),
                "reviewed", report.reviewed(),
                "serious", report.serious(),
                "findings",
                        report.findings().stream()
                                .map(finding -> Json.object(
                                        "kind", finding.kind().key(),
                                        "serious", finding.kind().serious(),
                                        "sentence", finding.kind().sentence(),
                                        "questions",
                                                finding.places().stream()
                                                        .map(place -> Json.object(
                                                                "id", place.id(),
                                                                "question", place.question(),
                                                                "detail", place.detail()))
                                                        .toList()))
                                .toList(),
                "documents", coverage.documents(),
                "documents_asked", coverage.asked(),
                "topics",
                        coverage.topics().stream()
                                .map(topic -> Json.object(
                                        "topic", topic.name(),
                                        "documents", topic.documents(),
                                        "documents_asked", topic.asked(),
                                        "questions", topic.questions()))
                                .toList(),
                "types", coverage.types(),
                "difficulties", coverage.difficulties(),
                "origins", coverage.origins(),
                "training", report.training(),
                "detectable_difference", Json.rounded(report.detectable()),
                "questions_for_5_percent", DetectableDifference.questionsFor(0.05));
    }
}
