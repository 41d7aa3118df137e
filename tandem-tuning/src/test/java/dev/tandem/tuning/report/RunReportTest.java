package dev.tandem.tuning.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.foundation.page.LineChart.Point;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class RunReportTest {
    private static final Path BASE = Path.of("../tandem-decoder/src/test/resources/models/qwen2");
    private static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        var lines = IntStream.range(0, 12)
                .mapToObj(i ->
                        "{\"messages\": [{\"role\": \"user\", \"content\": \"%s\"}, {\"role\": \"assistant\", \"content\": \"%s\"}]}"
                                .formatted(i % 3 == 0 ? HOSTILE + i : "say " + i, HOSTILE))
                .toList();
        Files.write(folder.resolve("train.jsonl"), lines);
        Files.writeString(folder.resolve("general.jsonl"), "{\"text\": \"something else\"}\n");
    }

    @Test
    void aRunsPageHasItsPartsAndNothingOfTheDataIsPartOfIt() throws Exception {
        var result = run("out", 8, () -> false);

        var page = page("out");

        assertThat(titles(page, "h2"))
                .containsExactly(
                        "How it learned",
                        "Answers to held-out examples, before and after",
                        "How it ran",
                        "The training data",
                        "Settings and origin");
        assertThat(titles(page, "h1")).containsExactly("out");
        var charts = page.getElementsByTagName("svg");
        for (int i = 0; i < charts.getLength(); i++) {
            var attributes = charts.item(i).getAttributes();
            assertThat(attributes.getNamedItem("role").getTextContent()).isEqualTo("img");
            assertThat(attributes.getNamedItem("aria-label").getTextContent()).isNotBlank();
        }
        // The losses in two sizes, four others, what was found, and two of the data at least.
        assertThat(charts.getLength()).isGreaterThanOrEqualTo(9);
        var text = page.getDocumentElement().getTextContent();
        assertThat(text)
                .contains(String.format(Locale.ROOT, "%.3f", result.baseLoss()))
                .contains(String.format(Locale.ROOT, "best: %.3f", result.bestLoss()))
                .contains("general", "held out", "training, mean", "held out above training")
                .contains("Learning rate", "gradient", "tokens a second", "Memory")
                .contains("few examples", "learning rate", "lora rank", "data hash", "FLOAT32")
                .contains("Model card", "base_model: qwen2");
        result.samples()
                .forEach(sample -> assertThat(text)
                        .contains(
                                sample.prompt(),
                                sample.expected(),
                                sample.base(),
                                sample.tuned().orElseThrow()));
        assertThat(text).contains(HOSTILE);
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("img").getLength()).isZero();
        assertThat(Files.readString(folder.resolve("out.html")))
                .doesNotContain("http://", "https://", "<link", "url(", "@import");
    }

    @Test
    void anUnfinishedRunsPageSaysSoAndAMissingPartIsNamed() throws Exception {
        run("stopped", 8, () -> true);
        Files.writeString(folder.resolve("stopped/metrics.csv"), "3,0.5,1.2", java.nio.file.StandardOpenOption.APPEND);

        assertThat(text("stopped")).contains("not come to its end: 1 of 24 updates", "--resume", "None were made.");

        Files.delete(folder.resolve("stopped/metrics.csv"));
        Files.writeString(folder.resolve("train.jsonl"), "\n", java.nio.file.StandardOpenOption.APPEND);
        assertThat(text("stopped"))
                .contains("metrics.csv is missing", "0 of 24 updates", "no curve", "has changed since the run began");

        assertThatThrownBy(() -> page("none"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("holds no run");
        Files.writeString(folder.resolve("stopped/tandem.json"), "{");
        assertThatThrownBy(() -> page("stopped"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("tandem.json cannot be read");
        assertThatThrownBy(() ->
                        RunReport.write(folder.resolve("stopped"), folder.resolve("train.jsonl"), Progress.silent()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(".html");
    }

    @Test
    void aHundredThousandUpdatesAreAPageUnderAMegabyte() throws Exception {
        run("long", 1, () -> false);
        var log = folder.resolve("long/metrics.csv");
        var lines = new StringBuilder(Files.readAllLines(log).getFirst()).append('\n');
        for (int i = 1; i <= 100_000; i++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "%d,%.4f,%.6f,%s,2e-4,%.5f,%.1f,%d,%s%n",
                    i,
                    i / 1e4,
                    1 + Math.sin(i * 12.9898) / 3,
                    i % 50 == 0 ? "1.2" : "",
                    i % 7 / 3.0,
                    100.0 + i % 13,
                    500 + i % 31,
                    i % 50 == 0 ? "3.4" : ""));
        }
        Files.writeString(log, lines);

        assertThat(text("long")).contains("100,000", "80,000");
        assertThat(Files.size(folder.resolve("long.html"))).isLessThan(1_000_000);
    }

    @Test
    void meansDoNotLagAndKeepTheEnds() {
        var rising =
                IntStream.range(0, 100).mapToObj(i -> new Point(i, 2.0 * i)).toList();
        assertThat(RunCurves.smooth(rising)).isEqualTo(rising);
        assertThat(RunCurves.smooth(List.of(new Point(1, 0), new Point(2, 3), new Point(3, 0))))
                .containsExactly(new Point(1, 0), new Point(2, 1), new Point(3, 0));
        assertThat(RunCurves.smooth(List.of())).isEmpty();
    }

    @Test
    void wordsThatTheExpectedAnswerHasAreMarkedAsOftenAsItHasThem() {
        assertThat(MarkedWords.html("The <b> the cat", "the cat sat"))
                .isEqualTo("<span class=\"hit\">The</span> &lt;b&gt; the <span class=\"hit\">cat</span>");
        assertThat(MarkedWords.html(" ", "x")).isEqualTo("<i>nothing</i>");
    }

    private TrainingRun.Result run(String name, int epochs, BooleanSupplier cancelled) {
        var settings = TuningSettings.of(TuningSettings.Method.LORA, 1)
                .withEpochs(epochs)
                .withBatch(4)
                .withMaxLength(120)
                .withLearningRate(0.02)
                .withSamples(1);
        return new TuningJob(
                        BASE,
                        folder.resolve("train.jsonl"),
                        Optional.empty(),
                        Optional.of(folder.resolve("general.jsonl")),
                        folder.resolve(name),
                        settings,
                        Placement.best(Precision.FLOAT32))
                .run(Progress.silent(), NativeMemory.UNLIMITED, remark -> {}, cancelled);
    }

    private String text(String run) throws Exception {
        return page(run).getDocumentElement().getTextContent();
    }

    /** The page of a run, which must be well-formed. */
    private Document page(String run) throws Exception {
        var file = folder.resolve(run + ".html");
        RunReport.write(folder.resolve(run), file, Progress.silent());
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readString(file).getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> titles(Document page, String element) {
        var found = page.getElementsByTagName(element);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }
}
