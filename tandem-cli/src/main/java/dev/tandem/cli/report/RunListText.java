package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.Wrapping;
import dev.tandem.evaluation.run.EvaluationRun;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The runs of a workspace. */
public final class RunListText {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final List<String> MAIN =
            List.of("accuracy", "f1", "faithfulness", "hallucination_rate", "recall@", "latency_p50_ms");
    private static final List<String> HEADS = List.of("accuracy", "f1", "faithful", "halluc.", "recall@k", "p50 ms");
    private static final int NAME = 16;

    private RunListText() {}

    /**
     * A run with how far it came.
     *
     * @param measured its examples
     */
    public record Listed(EvaluationRun run, int measured) {}

    /** For people, the newest first. */
    public static String of(List<Listed> runs) {
        if (runs.isEmpty()) {
            return "No runs yet; make one with `tandem evaluate`.";
        }
        var text = new StringBuilder(
                String.format("%-12s %-16s %-10s %-16s %5s", "run", "started", "strategy", "test set", "asked"));
        HEADS.forEach(head -> text.append(String.format(" %9s", head)));
        for (var listed : runs) {
            var run = listed.run();
            text.append(String.format(
                    "%n%-12s %-16s %-10s %-16s %5d",
                    run.id(),
                    WHEN.format(run.started()),
                    run.strategy(),
                    Wrapping.shortened(Terminal.printable(fileName(run)), NAME),
                    listed.measured()));
            if (run.finished().isEmpty()) {
                text.append("   not finished");
                continue;
            }
            MAIN.forEach(metric -> text.append(String.format(" %9s", value(run, metric))));
        }
        return text.toString();
    }

    private static String fileName(EvaluationRun run) {
        return Optional.ofNullable(Path.of(run.testSet()).getFileName())
                .map(Path::toString)
                .orElse(run.testSet());
    }

    /** @param metric or how its name begins, before a cutoff */
    private static String value(EvaluationRun run, String metric) {
        return run.summaries().stream()
                .filter(each -> each.type().equals("all"))
                .filter(each -> metric.endsWith("@")
                        ? each.metric().startsWith(metric)
                        : each.metric().equals(metric))
                .findFirst()
                .map(each -> RunText.number(each.metric(), each.value()))
                .orElse("-");
    }

    /** For programs. */
    public static List<Map<String, Object>> json(List<Listed> runs) {
        return runs.stream().map(RunListText::json).toList();
    }

    private static Map<String, Object> json(Listed listed) {
        var run = listed.run();
        var metrics = Json.object();
        run.summaries().stream()
                .filter(each -> each.type().equals("all"))
                .forEach(each -> metrics.put(each.metric(), each.value()));
        return Json.object(
                "run", run.id(),
                "strategy", run.strategy(),
                "test_set", run.testSet(),
                "test_set_hash", run.testSetHash(),
                "started", run.started(),
                "finished", run.finished(),
                "examples", listed.measured(),
                "metrics", metrics);
    }
}
