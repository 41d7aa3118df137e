package dev.tandem.bench;

import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.ReadResult;
import dev.tandem.knowledge.document.ReadingLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads every file of a folder: how many are read, how many skipped and why, the slowest; and where a file has a neighbour
 * {@code ../groundtruth/NAME.md}, the share of its words that were read.
 *
 * <p>Argument: a folder.
 */
public final class ReadingCampaign {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{2,}");

    private ReadingCampaign() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        List<Path> files;
        try (var all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("groundtruth"))
                    .sorted()
                    .toList();
        }
        int read = 0;
        var reasons = new TreeMap<String, Integer>();
        var recall = new TreeMap<String, double[]>();
        long slowest = 0;
        var slowestFile = "";
        try (var reader = new DocumentReader(ReadingLimits.DEFAULT)) {
            for (var file : files) {
                var path = folder.relativize(file).toString();
                long start = System.nanoTime();
                var result = reader.read(file, path);
                long nanos = System.nanoTime() - start;
                if (nanos > slowest) {
                    slowest = nanos;
                    slowestFile = path;
                }
                switch (result) {
                    case ReadResult.Parsed(Document document) -> {
                        read++;
                        compare(file, document, recall);
                    }
                    case ReadResult.Skipped(String skipped, String reason) ->
                        reasons.merge(reason.split("[:(]", 2)[0].strip(), 1, Integer::sum);
                }
            }
        }
        System.out.printf("%d files, %d read; skipped: %s%n", files.size(), read, reasons);
        System.out.printf("slowest %.1f s: %s%n", slowest / 1e9, slowestFile);
        recall.forEach((format, sums) -> System.out.printf(
                "words of the ground truth read, %s: %.3f mean of %d files%n",
                format, sums[0] / sums[1], (int) sums[1]));
    }

    private static void compare(Path file, Document document, Map<String, double[]> recall) throws IOException {
        var truth = file.resolveSibling("../groundtruth/" + file.getFileName() + ".md")
                .normalize();
        if (!Files.exists(truth)) {
            return;
        }
        var expected = counts(Files.readString(truth).replaceAll("<!--.*?-->", " "));
        var found = counts(text(document));
        double all = 0;
        double there = 0;
        for (var word : expected.entrySet()) {
            all += word.getValue();
            there += Math.min(word.getValue(), found.getOrDefault(word.getKey(), 0));
        }
        if (all > 0) {
            var name = file.getFileName().toString();
            var sums = recall.computeIfAbsent(name.substring(name.lastIndexOf('.') + 1), format -> new double[2]);
            sums[0] += there / all;
            sums[1]++;
        }
    }

    private static Map<String, Integer> counts(String text) {
        var counts = new HashMap<String, Integer>();
        WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .forEach(word -> counts.merge(word.group(), 1, Integer::sum));
        return counts;
    }

    private static String text(Document document) {
        var text = new StringBuilder(document.title()).append('\n');
        for (var block : document.blocks()) {
            text.append(
                            switch (block) {
                                case Block.Heading heading -> heading.text();
                                case Block.Paragraph paragraph -> paragraph.text();
                                case Block.ItemList list -> String.join("\n", list.items());
                                case Block.Code code -> code.text();
                                case Block.Hidden hidden -> "";
                                case Block.Table table -> String.join(" ", table.header()) + "\n" + table.rows();
                            })
                    .append('\n');
        }
        return text.toString();
    }
}
