package dev.tandem.cli.report;

import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.Wrapping;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleResult;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** A run in full, for people. */
public final class RunShowText {
    private static final int MOST = 5;
    private static final int SNIPPET = 240;
    private static final List<String> SHOWN = List.of("accuracy", "f1", "chrf", "faithfulness", "citation_recall");

    private RunShowText() {}

    /**
     * How it was made, what it measured, and examples.
     *
     * @param all whether every example is shown, or those that failed and the worst
     */
    public static String of(EvaluationRun run, List<ExampleResult> examples, boolean all, Terminal terminal) {
        var text = new StringBuilder();
        row(text, "run", run.id());
        row(text, "strategy", run.strategy());
        row(text, "test set", run.testSet());
        row(text, "test set hash", run.testSetHash());
        row(text, "started", run.started().toString());
        row(text, "finished", run.finished().map(Object::toString).orElse("no; `tandem evaluate` as before goes on"));
        row(text, "tandem", run.tandemVersion());
        row(text, "seed", Long.toString(run.seed()));
        new TreeMap<>(run.configuration()).forEach((key, value) -> row(text, key, value));
        text.append(String.format("%n%s", RunText.summary(run)));
        if (all) {
            examples.forEach(each -> example(text, each, terminal));
            return text.toString().stripTrailing();
        }
        var failed =
                examples.stream().filter(each -> each.failure().isPresent()).toList();
        section(text, "Failed", failed, terminal);
        section(text, "Worst", worst(examples), terminal);
        return text.append("--examples shows all ")
                .append(examples.size())
                .append('.')
                .toString();
    }

    /** Answers that are wrong, those first that share least with the right one. */
    private static List<ExampleResult> worst(List<ExampleResult> examples) {
        return examples.stream()
                .filter(each -> each.failure().isEmpty())
                .filter(each -> each.metrics().getOrDefault("accuracy", 1.0) < 1
                        || each.metrics().getOrDefault("hallucination_rate", 0.0) > 0)
                .sorted(Comparator.<ExampleResult>comparingDouble(
                                each -> each.metrics().getOrDefault("accuracy", 1.0))
                        .thenComparingDouble(each -> each.metrics().getOrDefault("f1", 0.0))
                        .thenComparingDouble(each -> each.metrics().getOrDefault("faithfulness", 1.0)))
                .toList();
    }

    private static void section(StringBuilder text, String name, List<ExampleResult> examples, Terminal terminal) {
        if (examples.isEmpty()) {
            return;
        }
        text.append(terminal.bold(name + " (" + examples.size() + ")")).append(String.format("%n"));
        examples.stream().limit(MOST).forEach(each -> example(text, each, terminal));
        if (examples.size() > MOST) {
            text.append(String.format("  and %d more%n%n", examples.size() - MOST));
        }
    }

    private static void example(StringBuilder text, ExampleResult result, Terminal terminal) {
        var testCase = result.testCase();
        text.append(terminal.accent(Terminal.printable(testCase.id())))
                .append(terminal.dim("  " + testCase.type().key() + metrics(result)))
                .append(String.format("%n"));
        line(text, "question", testCase.question(), terminal);
        line(
                text,
                "wanted",
                testCase.answers().isEmpty() ? "(to decline)" : String.join(" | ", testCase.answers()),
                terminal);
        result.answer().ifPresent(answer -> line(text, "answer", answer.text(), terminal));
        result.failure().ifPresent(why -> line(text, "failure", why, terminal));
        result.unsupported().forEach(sentence -> line(text, "unsupported", sentence, terminal));
        text.append(String.format("%n"));
    }

    static String metrics(ExampleResult result) {
        var text = new StringBuilder();
        for (var metric : SHOWN) {
            if (result.metrics().containsKey(metric)) {
                text.append("  ").append(metric).append(' ');
                text.append(RunText.number(metric, result.metrics().getOrDefault(metric, 0.0)));
            }
        }
        return text.toString();
    }

    static void line(StringBuilder text, String name, String words, Terminal terminal) {
        var wrapped =
                Wrapping.wrap(Wrapping.shortened(Terminal.printable(words), SNIPPET), " ".repeat(14), terminal.width());
        text.append(String.format("  %-11s %s%n", name, wrapped.stripLeading()));
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format("%-24s %s%n", name, Terminal.printable(value)));
    }
}
