package dev.tandem.bench;

import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.TextOptions;
import dev.tandem.tuning.example.gate.ExampleFile;
import dev.tandem.tuning.example.gate.Gate;
import dev.tandem.tuning.example.gate.GateReport;
import dev.tandem.tuning.example.gate.GateSettings;
import dev.tandem.tuning.example.gate.Leakage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How long the data gate takes for many examples, with leakage to 1,000 test examples, and in how much heap (start with
 * {@code BENCH_HEAP=512m}). The examples are sentences of real text in random order, a fiftieth of them near duplicates.
 *
 * <p>Arguments: a folder to write to, a file of English text, how many examples, sentences an example.
 */
public final class GateSpeed {
    private GateSpeed() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Files.createDirectories(Path.of(arguments[0]));
        var sentences = sentences(Path.of(arguments[1]));
        int count = Integer.parseInt(arguments[2]);
        int length = Integer.parseInt(arguments[3]);
        var file = folder.resolve("gate-speed.jsonl");
        write(file, sentences, count, length, 1);
        var test = folder.resolve("gate-speed-test.jsonl");
        write(test, sentences, 1_000, length, 2);
        long began = System.nanoTime();
        var examples = new ExampleFile(file, TextOptions.TOLD, Progress.silent());
        var leakage = Leakage.between(examples, new ExampleFile(test, TextOptions.TOLD, Progress.silent()));
        double leaked = (System.nanoTime() - began) / 1e9;
        var report = new Gate(GateSettings.DEFAULTS).check(examples, List.of(new GateReport.Against("test", leakage)));
        System.out.printf(
                Locale.ROOT,
                "%,d examples, %.1f MB: %.1f s, of them leakage %.1f s; process %.1f s of CPU; peak heap %,d MB; %d findings%n",
                report.examples(),
                Files.size(file) / 1e6,
                (System.nanoTime() - began) / 1e9,
                leaked,
                ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                                .getProcessCpuTime()
                        / 1e9,
                ManagementFactory.getMemoryPoolMXBeans().stream()
                                .filter(pool -> pool.getType() == MemoryType.HEAP)
                                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                                .sum()
                        >> 20,
                report.findings().size());
    }

    private static List<String> sentences(Path file) throws IOException {
        var sentences = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            for (var sentence : line.replace("\"", "").replace("\\", "").split("(?<=\\.) ", -1)) {
                if (sentence.length() > 20) {
                    sentences.add(sentence.strip());
                }
            }
        }
        return sentences;
    }

    private static void write(Path file, List<String> sentences, int count, int length, long seed) throws IOException {
        var random = new Random(seed);
        try (var out = Files.newBufferedWriter(file)) {
            var last = "";
            for (int i = 0; i < count; i++) {
                var question = text(sentences, length, random);
                var answer = i % 50 == 49 ? last + " Indeed." : text(sentences, length, random);
                last = answer;
                out.write("{\"messages\": [{\"role\": \"user\", \"content\": \"" + question
                        + "\"}, {\"role\": \"assistant\", \"content\": \"" + answer + "\"}]}\n");
            }
        }
    }

    private static String text(List<String> sentences, int length, Random random) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(i == 0 ? "" : " ").append(sentences.get(random.nextInt(sentences.size())));
        }
        return text.toString();
    }
}
