package dev.tandem.knowledge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.passage.PassageSplitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that ingests one change after another is killed at random moments, many times over. Each time the index opens,
 * holds everything that was reported done, and each document has all its passages.
 */
class KilledIngestTest {
    /** More with -Dtandem.kills=200, as the recorded campaign does. */
    private static final int KILLS = Integer.getInteger("tandem.kills", 8);

    @TempDir
    private Path folder;

    @Test
    void losesNothingThatWasReportedDone() throws IOException, InterruptedException {
        var random = new Random(42);
        int reported = -1;
        for (int kill = 0; kill < KILLS; kill++) {
            var process = start(reported + 1);
            try (var lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                // Between these many commits, then so many microseconds into the next one.
                int commits = 1 + random.nextInt(4);
                for (int i = 0; i < commits; i++) {
                    reported = Integer.parseInt(lines.readLine());
                }
                process.waitFor(random.nextInt(40_000), TimeUnit.MICROSECONDS);
                // Through the handle: destroying the process itself would close its output, with reports still unread.
                process.toHandle().destroyForcibly();
                process.waitFor();
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    reported = line.matches("\\d+") ? Integer.parseInt(line) : reported;
                }
            }
            check(reported);
        }
    }

    private void check(int reported) {
        try (var index = LucenePassageIndex.open(folder.resolve("index"));
                var snapshot = index.snapshot()) {
            int sum = 0;
            for (var document : snapshot.documents()) {
                assertThat(snapshot.passages(document.path())).hasSize(document.passages());
                sum += document.passages();
            }
            assertThat(snapshot.passageCount()).isEqualTo(sum);
            assertThat(snapshot.documents()).hasSizeGreaterThanOrEqualTo(reported + 1);
            assertThat(snapshot.searchWords("counted" + reported, 1, new dev.tandem.knowledge.filter.Filter.All()))
                    .isNotEmpty();
        }
    }

    private Process start(int from) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString(),
                        Integer.toString(from))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The process that is killed: writes a new file, ingests the folder, says so; over and over. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            var folder = Path.of(arguments[0]);
            var documents = Files.createDirectories(folder.resolve("docs"));
            var encoder = new HashingEncoder("hashing");
            var splitter = new PassageSplitter(new PassageSplitter.Settings(64, 0), encoder::countTokens);
            try (var index = LucenePassageIndex.open(folder.resolve("index"));
                    var reader = new DocumentReader(ReadingLimits.DEFAULT)) {
                var ingester = new Ingester(index, reader, splitter, encoder, folder.resolve("journal"));
                for (int number = Integer.parseInt(arguments[1]); number < 100_000; number++) {
                    Files.writeString(
                            documents.resolve("doc" + number + ".md"),
                            "# Number\n\ncounted" + number + " words. ".repeat(99));
                    ingester.ingest(
                            new Ingester.Request(List.of(documents), FileSelection.EVERYTHING, false),
                            Progress.silent());
                    System.out.println(number);
                }
            }
        }
    }
}
