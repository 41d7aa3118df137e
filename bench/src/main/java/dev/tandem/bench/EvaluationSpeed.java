package dev.tandem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.cli.evaluate.RunTrial;
import dev.tandem.evaluation.retrieval.CorpusIndex;
import dev.tandem.evaluation.run.EvaluationSettings;
import dev.tandem.evaluation.store.LoggedEvaluation;
import dev.tandem.evaluation.testset.AnswerCheck;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.Progress;
import dev.tandem.workspace.AnswerJudges;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.WorkspaceSettings;
import dev.tandem.workspace.strategy.Strategies;
import dev.tandem.workspace.strategy.StrategyModels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a whole evaluation takes: questions with known answers asked of the extractive answerer, judged, measured and kept. The first
 * collection's passages answer them, those of the others only stand in the way.
 *
 * <p>Arguments: a folder to keep the workspace in, the number of questions, a BEIR folder with questions.jsonl, further BEIR folders.
 */
public final class EvaluationSpeed {
    private EvaluationSpeed() {}

    public static void main(String[] arguments) throws IOException {
        var workspace = new Workspace(Files.createDirectories(Path.of(arguments[0])), WorkspaceSettings.DEFAULTS);
        var folders = List.of(arguments).subList(2, arguments.length);
        try (var open = new OpenWorkspace(workspace);
                var snapshot = open.index().snapshot()) {
            if (snapshot.description().isNew()) {
                for (var folder : folders) {
                    CorpusIndex.build(
                            BeirFolder.open(Path.of(folder), BeirFolder.TEST),
                            open.index(),
                            open.splitter(),
                            open.encoder(),
                            Progress.silent());
                }
            }
        }
        try (var open = new OpenWorkspace(workspace);
                var snapshot = open.index().snapshot()) {
            System.out.println(snapshot.passageCount() + " passages");
        }
        write(workspace.testSetFile(), Path.of(folders.getFirst()), Integer.parseInt(arguments[1]));
        for (boolean judged : new boolean[] {false, true}) {
            var request = new LoggedEvaluation.Request(Optional.empty(), true, "bench");
            var trial = new RunTrial(
                    workspace,
                    Strategies.DEFAULT,
                    EvaluationSpeed::unasked,
                    judged,
                    AnswerCheck.CONTAINS,
                    AnswerJudges.AUTO,
                    EvaluationSettings.DEFAULT,
                    request);
            long start = System.nanoTime();
            long cpu = cpuNanos();
            var outcome = trial.run(
                    TestSet.read(workspace.testSetFile()), Progress.silent(), System.out::println, () -> false);
            System.out.printf(
                    "%s: %d questions in %.1f s, %.1f s of processor time%n",
                    judged ? "with the embedded judge" : "without a judge",
                    outcome.examples().size(),
                    (System.nanoTime() - start) / 1e9,
                    (cpuNanos() - cpu) / 1e9);
            outcome.run().summaries().stream()
                    .filter(each -> each.type().equals("all"))
                    .forEach(each -> System.out.printf("  %-22s %.3f%n", each.metric(), each.value()));
        }
    }

    private static StrategyModels unasked() {
        throw new IllegalStateException("Retrieval is made of no other model");
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void write(Path testSet, Path folder, int most) throws IOException {
        var json = new ObjectMapper();
        var all = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(folder.resolve("questions.jsonl"))) {
            all.add(json.readTree(line));
        }
        // Evenly over the file, since neighbours ask about the same paragraph.
        int step = Math.max(1, all.size() / most);
        var lines = new ArrayList<String>();
        for (int i = 0; i < all.size() && lines.size() < most; i += step) {
            var question = all.get(i);
            var documents = question.has("documents")
                    ? question.get("documents")
                    : json.createArrayNode().add(question.get("document"));
            lines.add(json.writeValueAsString(Map.of(
                    "id", question.get("id"),
                    "question", question.get("question"),
                    "answers", question.get("answers"),
                    "documents", documents)));
        }
        Files.write(testSet, lines);
    }
}
