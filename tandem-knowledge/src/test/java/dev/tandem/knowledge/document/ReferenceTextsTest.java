package dev.tandem.knowledge.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.knowledge.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Real files against what another parser, Docling, took from them: the share of its words that are found (recall) and of
 * ours that it has too (precision), as means by format. The floors lie just under what was measured.
 */
class ReferenceTextsTest {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /** Least recall by format. The sheets of the collection have charts, which repeat what is in their cells. */
    private static final Map<String, Double> RECALL = Map.of(
            "csv", 0.99, "epub", 0.96, "latex", 0.93, "md", 0.95, "odf", 0.97, "pdf", 0.96, "ppt", 0.96, "pptx", 0.94,
            "xls", 0.99, "xlsx", 0.80);

    private static final Map<String, Double> PRECISION = Map.of(
            "csv", 0.95, "epub", 0.98, "latex", 0.92, "md", 0.94, "odf", 0.92, "pdf", 0.95, "ppt", 0.96, "pptx", 0.92,
            "xls", 0.86, "xlsx", 0.85);

    private record Score(String file, double recall, double precision) {}

    @Test
    void theWordsThatAnotherParserFindsAreFound() throws IOException {
        var root = TestData.folder("docs-docling");
        var scores = new TreeMap<String, List<Score>>();
        try (var reader = new DocumentReader(ReadingLimits.DEFAULT);
                var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var path = root.relativize(file).toString().replace('\\', '/');
                var format = path.substring(0, Math.max(0, path.indexOf('/')));
                var name = file.getFileName().toString();
                var reference = reference(root, format, file);
                if (path.contains("/sources/") && Files.exists(reference)) {
                    var result = reader.read(file, path);
                    assertThat(result).as(path).isInstanceOf(ReadResult.Parsed.class);
                    var blocks = ((ReadResult.Parsed) result).document().blocks();
                    scores.computeIfAbsent(name.endsWith(".pdf") ? "pdf" : format, key -> new ArrayList<>())
                            .add(score(path, blocks, Files.readString(reference)));
                    if (Files.readString(reference).startsWith("# ") && !path.endsWith(".pdf")) {
                        assertThat(blocks).as(path).anyMatch(block -> block instanceof Block.Heading);
                    }
                }
            }
        }
        assertThat(scores).isNotEmpty();
        scores.forEach((format, list) -> {
            double recall = list.stream().mapToDouble(Score::recall).average().orElse(0);
            double precision =
                    list.stream().mapToDouble(Score::precision).average().orElse(0);
            assertThat(recall).as("recall of %s in %s", format, list).isGreaterThan(RECALL.getOrDefault(format, 0.9));
            assertThat(precision)
                    .as("precision of %s in %s", format, list)
                    .isGreaterThan(PRECISION.getOrDefault(format, 0.8));
        });
    }

    private static Path reference(Path root, String format, Path file) {
        var folder = root.resolve(format).resolve("groundtruth");
        var name = file.getFileName().toString();
        if (format.equals("latex")) {
            return folder.resolve(file.resolveSibling("").getFileName() + "_" + name + ".md");
        }
        // Some OpenDocument files come as PDF too.
        return folder.resolve((format.equals("odf") ? name.replaceFirst("\\.pdf$", "") : name) + ".md");
    }

    private static Score score(String path, List<Block> blocks, String reference) {
        var ours = words(
                String.join("\n", blocks.stream().map(ReferenceTextsTest::text).toList()));
        var theirs = words(reference
                .replaceAll("<!--.*?-->", "")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("\\_", "_"));
        int common = theirs.entrySet().stream()
                .mapToInt(word -> Math.min(word.getValue(), ours.getOrDefault(word.getKey(), 0)))
                .sum();
        return new Score(path, share(common, theirs), share(common, ours));
    }

    private static double share(int common, Map<String, Integer> words) {
        int all = words.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0 ? 1 : (double) common / all;
    }

    private static Map<String, Integer> words(String text) {
        var words = new HashMap<String, Integer>();
        var word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            words.merge(word.group(), 1, Integer::sum);
        }
        return words;
    }

    private static String text(Block block) {
        return switch (block) {
            case Block.Heading heading -> heading.text();
            case Block.Paragraph paragraph -> paragraph.text();
            case Block.ItemList list -> items(list);
            case Block.Table table -> String.join(" ", table.header()) + "\n" + table.rows();
            case Block.Code code -> code.text();
            case Block.Hidden hidden -> hidden.text();
        };
    }

    private static String items(Block.ItemList list) {
        var text = new StringBuilder();
        int number = 1;
        for (var item : list.items()) {
            text.append(list.ordered() && !item.startsWith(" ") ? number++ + ". " : "- ")
                    .append(item)
                    .append('\n');
        }
        return text.toString();
    }
}
