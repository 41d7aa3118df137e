package dev.tandem.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.method.LoraSettings;
import dev.tandem.tuning.search.SearchSpace.Choice;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches on a real, tiny model; of batch alone, so that there are three configurations however fast the machine is. */
class SearchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path BASE = Path.of("../tandem-decoder/src/test/resources/models/qwen2");
    private static final List<String> WORDS = List.of("north", "south", "red", "blue", "seven", "dog", "cup", "sky");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeExamples() throws IOException {
        Files.writeString(folder.resolve("train.jsonl"), examples(50));
    }

    @Test
    void theWinnerLiesWhereATuningLeavesItAndItsRecordSaysThatASearchChoseIt() throws IOException {
        var result = run(search("out"), () -> false);

        var verdict = result.verdict().orElseThrow();
        assertThat(result.plan().configurations()).hasSize(3);
        assertThat(result.trials()).hasSize(5);
        assertThat(files("out"))
                .containsExactlyInAnyOrder(
                        "README.md",
                        "adapter_config.json",
                        "adapter_model.safetensors",
                        "metrics.csv",
                        "search",
                        "tandem.json");
        var record = json("out/tandem.json");
        var chosen = result.plan().configurations().get(verdict.chosen());
        assertThat(record.at("/settings/batch").asInt()).isEqualTo(chosen.batch());
        assertThat(record.at("/search/configuration").asInt()).isEqualTo(verdict.chosen());
        assertThat(record.at("/search/final_loss").asDouble())
                .isEqualTo(verdict.loss(verdict.chosen()).orElseThrow());
        assertThat(record.get("held_out_loss").asDouble())
                .isLessThan(record.get("base_loss").asDouble());
        assertThat(folder.resolve("out/README.md"))
                .content()
                .startsWith("---")
                .contains("# out")
                .contains("search");
        assertThat(files("out/search"))
                .containsExactlyInAnyOrder(
                        "search.json",
                        "split.json",
                        "test.jsonl",
                        "train.jsonl",
                        "trials.jsonl",
                        "trials.svg",
                        "validation.jsonl");
        assertThat(folder.resolve("out/search/trials.jsonl")).content().hasLineCount(5);
        assertThat(Search.isUnfinished(folder.resolve("out"))).isFalse();
        assertThatThrownBy(() -> search("out").job().requireNew()).hasMessageContaining("already");
    }

    @Test
    void aSearchThatWasStoppedGoesOnFromItsFolderToTheSameEndAndTheFinalPartDecidesNothingBefore() throws IOException {
        var whole = run(search("whole"), () -> false);
        var plan = Files.readString(folder.resolve("whole/search/search.json"));
        var updates = new int[1];
        // Asked twice a trial at the least: this stops in the second or third one.
        var stopped = run(
                search("broken"), () -> Files.exists(folder.resolve("broken/search/trials.jsonl")) && ++updates[0] > 3);
        assertThat(stopped.verdict()).isEmpty();
        assertThat(stopped.trials()).isNotEmpty().hasSizeLessThan(5);
        assertThat(Search.isUnfinished(folder.resolve("broken"))).isTrue();
        var planned = json("broken/search/search.json").get("plan");
        // Another final part changes what is measured at the end, and nothing before.
        Files.writeString(folder.resolve("broken/search/test.jsonl"), "{\"text\": \"something else altogether\"}\n");

        var resumed = run(Search.recorded(folder.resolve("broken")), () -> false);

        assertThat(json("broken/search/search.json").get("plan")).isEqualTo(planned);
        assertThat(JSON.readTree(plan).at("/plan/configurations")).isEqualTo(planned.get("configurations"));
        assertThat(resumed.trials())
                .extracting(Trial::rung, Trial::configuration, Trial::loss, Trial::updates)
                .isEqualTo(whole.trials().stream()
                        .map(trial -> org.assertj.core.groups.Tuple.tuple(
                                trial.rung(), trial.configuration(), trial.loss(), trial.updates()))
                        .toList());
        assertThat(resumed.verdict().orElseThrow().losses())
                .isNotEqualTo(whole.verdict().orElseThrow().losses());
    }

    @Test
    void aSearchThatWasKilledWhileItPlacedItsWinnerGoesOn() throws IOException {
        var search = search("out");
        var result = run(search, () -> false);
        // As it was before the record was written: the weights are there, the model card and the record not yet.
        int last = result.plan().rungs().size() - 1;
        var trial = new SearchFolder(search.job())
                .trial(last, result.verdict().orElseThrow().chosen());
        Files.createDirectories(trial);
        Files.move(folder.resolve("out/tandem.json"), trial.resolve("tandem.json"));
        Files.move(folder.resolve("out/README.md"), trial.resolve("README.md"));

        var again = run(Search.recorded(folder.resolve("out")), () -> false);

        assertThat(again.verdict()).isEqualTo(result.verdict());
        assertThat(json("out/tandem.json").has("search")).isTrue();
    }

    @Test
    void partsAreWholeAndExamplesThatAreAlikeAreInOne() throws IOException {
        var pairs = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            var words = WORDS.get(i % 8) + " " + WORDS.get(i / 8) + " of number " + i + " in the list of things";
            pairs.append(example(words, "yes")).append(example(words + " now", "yes"));
        }
        Files.writeString(folder.resolve("train.jsonl"), pairs);
        var parts = new SearchFolder(search("out").job());

        var sizes = parts.split(Progress.silent());

        assertThat(sizes.training() + sizes.selection() + sizes.last()).isEqualTo(80);
        assertThat(sizes.selection()).isBetween(8, 12);
        assertThat(sizes.last()).isBetween(8, 12);
        for (var part : List.of(parts.training(), parts.selection(), parts.last())) {
            var text = Files.readString(part);
            for (int i = 0; i < 40; i++) {
                var number = " number " + i + " ";
                int count = text.split(number, -1).length - 1;
                assertThat(count).as(part + number).isIn(0, 2);
            }
        }
        assertThat(Files.readAllLines(parts.some(20, sizes.training())))
                .hasSize(20)
                .allMatch(Files.readAllLines(parts.training())::contains)
                .containsAll(Files.readAllLines(parts.some(7, sizes.training())));
    }

    @Test
    void otherDataOrAnotherSearchAreNoticed() throws IOException {
        run(search("out"), () -> Files.exists(folder.resolve("out/search/trials.jsonl")));

        var other = new Search(
                search("out").job(), search("out").fixed(), Budget.parse("11m").orElseThrow());
        assertThatThrownBy(() -> run(other, () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("another budget")
                .hasMessageContaining("--resume");
        Files.writeString(
                folder.resolve("train.jsonl"), example("one more", "no"), java.nio.file.StandardOpenOption.APPEND);
        assertThatThrownBy(() -> run(search("out"), () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("train.jsonl has changed since the search")
                .hasMessageContaining("--out");
    }

    @Test
    void tooFewExamplesAndTooLittleTimeAreSentences() throws IOException {
        var hasty = new Search(
                search("out").job(), search("out").fixed(), Budget.parse("1s").orElseThrow());
        // Each look at the clock takes a second: however fast the machine, the time is over before anything is trained.
        var seconds = new AtomicLong();
        assertThatThrownBy(() -> hasty.run(
                        Progress.silent(),
                        NativeMemory.UNLIMITED,
                        remark -> {},
                        () -> false,
                        () -> seconds.incrementAndGet() * 1_000_000_000L))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("too small")
                .hasMessageContaining("Give --search");
        Files.writeString(folder.resolve("train.jsonl"), examples(12));
        assertThatThrownBy(() -> run(search("few"), () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("at least 50 examples")
                .hasMessageContaining("has 12");
        Files.writeString(
                folder.resolve("train.jsonl"),
                example("what is the same", "yes").repeat(60));
        assertThatThrownBy(() -> run(search("alike"), () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("cannot be split");
    }

    private static SearchResult run(Search search, BooleanSupplier cancelled) {
        return search.run(Progress.silent(), NativeMemory.UNLIMITED, remark -> {}, cancelled)
                .orElseThrow();
    }

    private Search search(String out) {
        var settings = TuningSettings.of(TuningSettings.Method.LORA)
                .withLora(new LoraSettings(4, 8, 0, false, false, List.of()))
                .withLearningRate(0.02)
                .withEpochs(1)
                .withMaxLength(64);
        return new Search(
                new TuningJob(
                        BASE,
                        folder.resolve("train.jsonl"),
                        Optional.empty(),
                        Optional.empty(),
                        folder.resolve(out),
                        settings,
                        Placement.cpu(Precision.FLOAT32)),
                EnumSet.of(Choice.LEARNING_RATE, Choice.RANK, Choice.ALPHA, Choice.TARGETS),
                Budget.parse("10m").orElseThrow());
    }

    private static String examples(int count) {
        var lines = new StringBuilder();
        IntStream.range(0, count)
                .forEach(i -> lines.append(example(WORDS.get(i % 8) + " " + WORDS.get(i / 8), WORDS.get(i % 8))));
        return lines.toString();
    }

    private static String example(String question, String answer) {
        return "{\"messages\": [{\"role\": \"user\", \"content\": \"%s\"}, {\"role\": \"assistant\", \"content\": \"%s\"}]}%n"
                .formatted(question, answer);
    }

    private List<String> files(String name) throws IOException {
        try (var files = Files.list(folder.resolve(name))) {
            return new ArrayList<>(
                    files.map(each -> each.getFileName().toString()).toList());
        }
    }

    private JsonNode json(String name) throws IOException {
        return JSON.readTree(folder.resolve(name).toFile());
    }
}
