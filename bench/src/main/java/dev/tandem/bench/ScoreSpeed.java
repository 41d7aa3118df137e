package dev.tandem.bench;

import dev.tandem.cli.console.Json;
import dev.tandem.evaluation.score.ScoreMetric;
import dev.tandem.evaluation.score.ScoreSettings;
import dev.tandem.evaluation.score.Scoring;
import dev.tandem.evaluation.testset.AnswerPairs;
import dev.tandem.foundation.Progress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * How long scoring takes with BLEU, ROUGE, chrF and F1, files read and intervals drawn: the first time, as a command does
 * it, and once the code is compiled. A prediction is a sentence or two of real text, its reference the same with a third of
 * the words replaced; both files stay in the folder, for reference/metrics/time_text_metrics.py to score them as well.
 *
 * <p>Arguments: a folder to write to, a file of English text, how many pairs.
 */
public final class ScoreSpeed {
    private static final int ROUNDS = 5;

    private ScoreSpeed() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Files.createDirectories(Path.of(arguments[0]));
        write(folder, Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        var metrics = Stream.of("bleu", "rouge", "chrf", "f1")
                .flatMap(name -> ScoreMetric.named(name).stream())
                .toList();
        measure("first", folder, metrics);
        for (int round = 1; round <= ROUNDS; round++) {
            measure("again", folder, metrics);
        }
        for (var name : List.of("bleu", "rouge", "chrf", "f1")) {
            measure(name + " alone", folder, ScoreMetric.named(name));
        }
    }

    private static void measure(String label, Path folder, List<ScoreMetric> metrics) {
        double processor = processorSeconds();
        long began = System.nanoTime();
        var pairs = AnswerPairs.read(folder.resolve("predictions.jsonl"), folder.resolve("references.jsonl"));
        var report = Scoring.of(pairs, ScoreSettings.defaults(metrics), Progress.silent());
        System.out.printf(
                Locale.ROOT,
                "%s: %,d pairs in %.2f s, %.2f s of processor; %s %.4f%n",
                label,
                pairs.pairs().size(),
                (System.nanoTime() - began) / 1e9,
                processorSeconds() - processor,
                report.scores().getFirst().metric().label(),
                report.scores().getFirst().value().orElseThrow());
    }

    private static double processorSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    private static void write(Path folder, Path text, int count) throws IOException {
        var words = Files.readString(text).strip().split("\\s+", -1);
        var random = new Random(1);
        try (var predictions = Files.newBufferedWriter(folder.resolve("predictions.jsonl"));
                var references = Files.newBufferedWriter(folder.resolve("references.jsonl"))) {
            for (int id = 0; id < count; id++) {
                int begin = random.nextInt(words.length - 40);
                var prediction = List.of(words).subList(begin, begin + 15 + random.nextInt(25));
                var reference = new ArrayList<>(prediction);
                reference.replaceAll(word -> random.nextInt(3) == 0 ? words[random.nextInt(words.length)] : word);
                predictions.write(Json.line(Json.object("id", id, "prediction", String.join(" ", prediction))) + "\n");
                references.write(
                        Json.line(Json.object("id", id, "references", List.of(String.join(" ", reference)))) + "\n");
            }
        }
    }
}
