package dev.tandem.cli.report;

import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.Wrapping;
import dev.tandem.evaluation.compare.Amount;
import dev.tandem.evaluation.compare.Evidence;
import dev.tandem.evaluation.compare.Measured;
import dev.tandem.evaluation.compare.QualityScore;
import dev.tandem.evaluation.compare.ScoreSummary;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.workspace.compare.ApproachRun;
import dev.tandem.workspace.compare.ComparisonResult;
import dev.tandem.workspace.compare.ComparisonResult.Found;
import dev.tandem.workspace.compare.NextStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A comparison for people: a table, the verdict in sentences, what to do next. */
public final class CompareText {
    /** More sentences are the report's. */
    private static final int MOST_SENTENCES = 8;

    private static final String NONE = "-";

    private final ComparisonResult result;
    private final Terminal terminal;
    private final StringBuilder text = new StringBuilder();

    private CompareText(ComparisonResult result, Terminal terminal) {
        this.result = result;
        this.terminal = terminal;
    }

    /**
     * The whole text.
     *
     * @param workspace its folder, as it is named in commands
     */
    public static String of(ComparisonResult result, Path workspace, Terminal terminal) {
        var made = new CompareText(result, terminal);
        made.result.found().ifPresent(made::table);
        made.texts();
        made.verdict();
        made.freshFact();
        made.whatIsMissing();
        made.next(workspace);
        return made.text.toString().stripTrailing();
    }

    private void table(Found found) {
        var types = types(found);
        var headings = new ArrayList<>(List.of("", "quality", "95%"));
        types.forEach(type -> headings.add(type.key().replace("several_documents", "several docs")));
        headings.addAll(List.of("p50", "p95", "a month", "to build"));
        var rows = new ArrayList<List<String>>();
        rows.add(headings);
        for (var run : result.approaches()) {
            rows.add(row(found, run, types));
        }
        int columns = headings.size();
        var widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (int i = 0; i < rows.size(); i++) {
            var line = line(rows.get(i), widths);
            boolean best =
                    found.verdict().winner().orElse("").equals(rows.get(i).getFirst()) && i > 0;
            text.append(i == 0 ? terminal.dim(line) : best ? terminal.bold(line) : line)
                    .append('\n');
        }
        text.append(terminal.dim(Wrapping.wrap(
                        "Quality is from 0 to 1: a fact that is there or not, a text by ROUGE-L. Costs are for "
                                + "the middle of planning ranges where they were not measured (~).",
                        "",
                        terminal.width())))
                .append("\n\n");
    }

    private void texts() {
        var table = TextQualityText.table(result.texts());
        text.append(table).append(table.isEmpty() ? "" : "\n");
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : "  ")
                    .append(String.format(
                            Locale.ROOT, i == 0 ? "%-" + widths[i] + "s" : "%" + widths[i] + "s", cells.get(i)));
        }
        return line.toString();
    }

    private static List<QuestionType> types(Found found) {
        var types = found.verdict().scores().stream()
                .flatMap(score -> score.type().stream())
                .distinct()
                .toList();
        return types.size() > 1 ? types : List.of();
    }

    private List<String> row(Found found, ApproachRun run, List<QuestionType> types) {
        var measured = found.measurements().approach(run.name());
        var row = new ArrayList<String>();
        row.add(run.name());
        var overall = score(found, measured, Optional.empty());
        row.add(overall.map(score -> number(score.mean())).orElse(NONE));
        row.add(overall.map(score -> number(score.interval().low()) + "-"
                        + number(score.interval().high()))
                .orElse(NONE));
        types.forEach(type -> row.add(score(found, measured, Optional.of(type))
                .map(score -> number(score.mean()))
                .orElse(NONE)));
        row.add(milliseconds(run.latency(0.5)));
        row.add(milliseconds(run.latency(0.95)));
        row.add(measured.costs().monthly().map(CompareText::money).orElse(NONE));
        row.add(measured.costs().buildHours().map(CompareText::time).orElse(NONE));
        return row;
    }

    private static Optional<ScoreSummary> score(Found found, Measured measured, Optional<QuestionType> type) {
        return found.verdict().scores().stream()
                .filter(score -> score.approach().equals(measured.approach())
                        && score.type().equals(type))
                .findFirst();
    }

    private static String number(double score) {
        return String.format(Locale.ROOT, "%.2f", score);
    }

    private static String milliseconds(OptionalDouble value) {
        return value.isEmpty()
                ? NONE
                : String.format(Locale.ROOT, value.getAsDouble() < 10 ? "%.1f ms" : "%,.0f ms", value.getAsDouble());
    }

    private static String money(Amount amount) {
        return String.format(Locale.ROOT, "%s%,.0f", amount.measured() ? "" : "~", amount.value());
    }

    private static String time(Amount hours) {
        double seconds = hours.value() * 3_600;
        return seconds < 120
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : seconds < 7_200
                        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                        : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
    }

    private void verdict() {
        result.found().ifPresent(found -> {
            var evidence = found.verdict().evidence().stream()
                    .filter(each -> !isInTheTable(each))
                    .toList();
            paragraph(terminal::bold, result.partly() + evidence.getFirst().sentence());
            evidence.stream()
                    .skip(1)
                    .limit(MOST_SENTENCES)
                    .map(Evidence::sentence)
                    .forEach(this::point);
            if (evidence.size() > MOST_SENTENCES + 1) {
                text.append(terminal.dim("  " + (evidence.size() - 1 - MOST_SENTENCES)
                                + " more sentences, all with their numbers: --report report.html or --json"))
                        .append('\n');
            }
            text.append('\n');
        });
        result.cautions().forEach(caution -> paragraph(terminal::warning, caution));
    }

    /** Each approach's mean over all cases is a sentence of the verdict, and a row above. */
    private boolean isInTheTable(Evidence evidence) {
        return result.approaches().stream()
                .anyMatch(run -> evidence.sentence().startsWith(run.name() + ": " + QualityScore.NAME + " "));
    }

    private void freshFact() {
        result.freshFact().ifPresent(fact -> {
            paragraph(
                    terminal::bold,
                    "A fresh fact: in a copy of " + fact.document() + ", " + fact.before() + " became " + fact.after()
                            + ".");
            fact.findings().forEach(finding -> point(finding.sentence()));
            text.append('\n');
        });
    }

    private void whatIsMissing() {
        if (!result.leftOut().isEmpty()) {
            result.leftOut().forEach(each -> paragraph(terminal::warning, each.sentence()));
            if (result.endedByBudget()) {
                paragraph(terminal::warning, "The same command goes on where the budget ended.");
            }
            text.append('\n');
        }
    }

    private void next(Path workspace) {
        var steps = Stream.concat(
                        NextStep.of(result, workspace).stream(),
                        Stream.of(new NextStep(
                                "see every answer beside the others",
                                "tandem compare -w " + workspace + " --report report.html")))
                .toList();
        text.append("Next:\n");
        steps.forEach(step -> text.append("  ")
                .append(step.command())
                .append(terminal.dim("   # " + step.why()))
                .append('\n'));
    }

    private void paragraph(UnaryOperator<String> style, String sentence) {
        text.append(style.apply(Wrapping.wrap(Terminal.printable(sentence), "", terminal.width())))
                .append('\n');
    }

    private void point(String sentence) {
        text.append("  - ")
                .append(Wrapping.wrap(Terminal.printable(sentence), "    ", terminal.width())
                        .stripLeading())
                .append('\n');
    }
}
