package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.Aspect;
import dev.tandem.evaluation.compare.Evidence;
import dev.tandem.evaluation.compare.HeadToHead;
import dev.tandem.evaluation.compare.HeadToHead.Cell;
import dev.tandem.evaluation.compare.PairComparison;
import dev.tandem.evaluation.compare.statistics.Interval;
import dev.tandem.evaluation.metric.fact.FactErrors;
import dev.tandem.evaluation.report.EvaluationPage;
import dev.tandem.evaluation.report.ReportedRun;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.page.Page;
import dev.tandem.workspace.compare.ComparisonResult.Found;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A comparison as one HTML file: the verdict, what it rests on, the approaches side by side, then the report of all runs with every
 * answer.
 */
public final class ComparisonPage {
    private final ComparisonResult result;

    private ComparisonPage(ComparisonResult result) {
        this.result = result;
    }

    /**
     * Writes the page, whole or not at all.
     *
     * @throws MendableException if it cannot be written, or nothing was measured
     */
    public static void write(ComparisonResult result, Path file) {
        if (result.approaches().isEmpty()) {
            throw new MendableException("There is nothing to report: no approach was measured. "
                    + result.leftOut().stream().map(LeftOut::sentence).collect(Collectors.joining(" ")));
        }
        Page.write(file, new ComparisonPage(result).html());
    }

    private String html() {
        var runs = result.approaches().stream()
                .map(run -> new ReportedRun(run.run(), run.examples(), Optional.empty()))
                .toList();
        var names = String.join(
                ", ", result.approaches().stream().map(ApproachRun::name).toList());
        return EvaluationPage.html("Comparison of " + names, before(), runs);
    }

    private String before() {
        return cautions()
                + result.found()
                        .map(found -> verdict(found)
                                + "<h2>Quality against what it takes</h2>" + new ComparisonCharts(result, found).html()
                                + "<h2>Side by side</h2>" + table(found.table()))
                        .orElse("")
                + texts()
                + result.freshFact().map(ComparisonPage::freshFact).orElse("")
                + result.found().map(ComparisonPage::pairs).orElse("");
    }

    private String cautions() {
        var sentences = new ArrayList<>(result.cautions());
        result.leftOut().forEach(each -> sentences.add(each.sentence()));
        if (result.endedByBudget()) {
            sentences.add("The same command goes on where the budget ended.");
        }
        return sentences.stream()
                .map(sentence -> "<p class=\"warning\">" + Page.escaped(sentence) + "</p>")
                .collect(Collectors.joining());
    }

    private String verdict(Found found) {
        var evidence = found.verdict().evidence();
        return "<p class=\"verdict\">%s%s</p><ul class=\"path\">%s</ul>"
                .formatted(
                        result.partly(),
                        Page.escaped(evidence.getFirst().sentence()),
                        evidence.stream().skip(1).map(ComparisonPage::step).collect(Collectors.joining()));
    }

    /** A sentence with the numbers that it rests on. */
    private static String step(Evidence evidence) {
        var figures = evidence.figures().stream()
                .map(figure -> List.of(
                        figure.name(),
                        shown(figure.value()),
                        figure.interval().map(ComparisonPage::span).orElse("-"),
                        figure.source()))
                .toList();
        return "<li>%s%s</li>"
                .formatted(
                        Page.escaped(evidence.sentence()),
                        figures.isEmpty()
                                ? ""
                                : "<details class=\"values\"><summary>its numbers</summary>"
                                        + Page.table(
                                                "What the sentence rests on",
                                                List.of("number", "value", "95%", "from"),
                                                figures)
                                        + "</details>");
    }

    private static String table(HeadToHead table) {
        var headings = new ArrayList<>(List.of(""));
        headings.addAll(table.approaches());
        var rows = new ArrayList<List<String>>();
        for (var aspect : Aspect.values()) {
            var row = new ArrayList<>(List.of(aspect.label()));
            table.rows().getOrDefault(aspect, List.of()).forEach(cell -> row.add(cell(cell)));
            rows.add(row);
        }
        return "<div class=\"sides\">"
                + Page.table("What was measured, and where nothing was (~), what is planned with", headings, rows)
                + "</div>";
    }

    /** How each writes; what does not apply is a dash. */
    private String texts() {
        if (result.texts().isEmpty()) {
            return "";
        }
        var rows = result.texts().stream()
                .map(each -> List.of(
                        each.approach(),
                        Integer.toString(each.texts()),
                        String.format(Locale.ROOT, "%.3f", each.bleu()),
                        String.format(Locale.ROOT, "%.3f", each.rougeL()),
                        each.voice().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        "%.0f%%",
                                        100 * each.voice().getAsDouble())
                                : "-",
                        each.facts().map(ComparisonPage::facts).orElse("-")))
                .toList();
        return "<h2>How they write</h2>"
                + Page.table(
                        "Questions of style: against the expected texts, the voice of the training answers, and the"
                                + " attributes in the documents",
                        List.of("", "texts", "BLEU", "ROUGE-L", "in the voice", "slot errors"),
                        rows);
    }

    private static String facts(FactErrors errors) {
        return String.format(
                Locale.ROOT,
                "%.1f%% (%d missing, %d added, of %d)",
                100 * errors.rate(),
                errors.missing().size(),
                errors.added().size(),
                errors.facts());
    }

    private static String cell(Cell cell) {
        return (cell.measured() ? "" : "~ ") + cell.text();
    }

    private static String freshFact(FreshFact fact) {
        return "<h2>A fresh fact</h2><p>%s</p><ul>%s</ul>"
                .formatted(
                        Page.escaped(String.format(
                                Locale.ROOT,
                                "In a copy of %s, “%s” became “%s”. Asked was: %s",
                                fact.document(),
                                fact.before(),
                                fact.after(),
                                fact.question())),
                        fact.findings().stream()
                                .map(finding -> "<li>" + Page.escaped(finding.sentence())
                                        + (finding.answer().isEmpty()
                                                ? ""
                                                : " <span class=\"about\">" + Page.escaped(finding.answer())
                                                        + "</span>")
                                        + "</li>")
                                .collect(Collectors.joining()));
    }

    private static String pairs(Found found) {
        var rows = found.verdict().comparisons().pairs().stream()
                .map(ComparisonPage::row)
                .toList();
        return "<details><summary>Every comparison of two</summary>"
                + Page.table(
                        "Differences of mean quality, with Holm's correction over all of them",
                        List.of("", "questions", "difference", "95%", "wins", "test", "p, corrected", ""),
                        rows)
                + "</details>";
    }

    private static List<String> row(PairComparison pair) {
        return List.of(
                pair.first() + " - " + pair.second(),
                pair.type().map(QuestionType::key).orElse("all") + " (" + pair.cases() + ")",
                String.format(Locale.ROOT, "%+.3f", pair.difference()),
                span(pair.interval()),
                pair.firstAhead() + ":" + pair.secondAhead(),
                pair.test().label(),
                String.format(Locale.ROOT, "%.4f", pair.adjustedPValue()),
                pair.significant() ? "differ" : "");
    }

    private static String span(Interval interval) {
        return shown(interval.low()) + " to " + shown(interval.high());
    }

    private static String shown(double value) {
        return Math.abs(value) >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
