package dev.tandem.tuning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.decoder.weights.Safetensors;
import dev.tandem.decoder.weights.SafetensorsWriter;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.method.LoraSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningJobTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Runs.examples(file("train.jsonl"), List.of("one:1", "two:2", "three:3", "four:4", "five:5", "six:6"));
        Runs.examples(file("held.jsonl"), List.of("one:1", "four:4"));
        Files.writeString(file("general.jsonl"), """
                {"text": "the quick brown fox jumps over the lazy dog"}
                {"text": "Where is the station?"}
                """);
    }

    @Test
    void aGeneralSetIsMeasuredFromTheBaseToTheEndAndSaidWhereverTheRunIsDescribed() throws IOException {
        var remarks = new ArrayList<String>();
        var able = new TuningJob(
                Runs.BASE,
                file("general.jsonl"),
                Optional.of(file("general.jsonl")),
                Optional.empty(),
                file("able"),
                Runs.settings(TuningSettings.Method.FULL, 40),
                Runs.PLACEMENT);
        run(able, () -> false);
        var job = job(file("able"), "out", Runs.settings(TuningSettings.Method.LORA, 30));

        var result = job.run(Progress.silent(), NativeMemory.now(), remarks::add, () -> false);

        var general = result.general().orElseThrow();
        assertThat(result.bestLoss()).isLessThan(result.baseLoss());
        assertThat(general.tuned()).isGreaterThan(general.base() * (1 + LearningWarnings.FORGETTING));
        var record = JSON.readTree(file("out/tandem.json").toFile());
        assertThat(record.get("general").asText()).endsWith("general.jsonl");
        assertThat(record.get("general_base_loss").asDouble()).isEqualTo(general.base());
        assertThat(record.get("general_loss").asDouble()).isEqualTo(general.tuned());
        assertThat(record.get("warnings").get(0).asText()).contains("forgets");
        assertThat(file("out/README.md"))
                .content()
                .contains("| general |")
                .contains("**Warning:**")
                .contains("forgets");
        var lines = Files.readAllLines(file("out/metrics.csv"));
        assertThat(lines.getFirst()).endsWith(",general_loss");
        // Measured with the held-out loss, every second update.
        assertThat(lines.get(1)).endsWith(",");
        assertThat(lines.get(2)).matches(".*,\\d+\\.\\d{6}");
        assertThat(remarks).isEmpty();
    }

    @Test
    void aJobGoesOnFromItsFolderAloneAndEndsAsTheUnbrokenOne() throws IOException {
        var settings = Runs.settings(TuningSettings.Method.LORA, 6);
        var whole = run(job(Runs.BASE, "whole", settings), () -> false);
        var broken = job(Runs.BASE, "broken", settings);
        var asked = new int[1];
        run(broken, () -> ++asked[0] == 5);
        assertThatThrownBy(broken::requireNew).hasMessageContaining("--resume");

        var resumed = run(TuningJob.recorded(file("broken")), () -> false);

        assertThat(resumed).isEqualTo(whole);
        assertThat(Files.readAllBytes(file("broken/adapter_model.safetensors")))
                .isEqualTo(Files.readAllBytes(file("whole/adapter_model.safetensors")));
        try (var left = Files.list(file("broken"))) {
            assertThat(left.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "adapter_config.json",
                            "adapter_model.safetensors",
                            "metrics.csv",
                            "README.md",
                            "tandem.json");
        }
        assertThatThrownBy(() -> TuningJob.recorded(file("broken"))).hasMessageContaining("finished");
        assertThatThrownBy(broken::requireNew).hasMessageContaining("already");
    }

    /** The moment between the end of training and the end of its record, in which a process may be killed. */
    @Test
    void aJobThatWasKilledBehindItsLastUpdateGoesOnToTheSameEnd() throws IOException {
        var settings = Runs.settings(TuningSettings.Method.LORA, 6);
        var whole = run(job(Runs.BASE, "whole", settings), () -> false);
        var killed = job(Runs.BASE, "killed", settings);
        var asked = new int[1];
        run(killed, () -> ++asked[0] == 8);
        // As TuningJob does, but for what follows training.
        assertThat(file("killed/tandem.json")).content().doesNotContain("\"ending\"");

        assertThat(run(TuningJob.recorded(file("killed")), () -> false)).isEqualTo(whole);
        assertThat(file("killed/tandem.json")).content().contains("\"ending\"");
    }

    @Test
    void aTunedModelsRecordIsNotTakenForThatOfTheModelTunedFromIt() throws IOException {
        var settings = Runs.settings(TuningSettings.Method.FULL, 2);
        run(job(Runs.BASE, "first", settings), () -> false);
        run(job(file("first"), "second", settings), () -> false);

        assertThat(JSON.readTree(file("second/tandem.json").toFile())
                        .get("base")
                        .asText())
                .endsWith("first");
    }

    @Test
    void promptTuningLearnsSomethingWithItsDefaults() throws IOException {
        Runs.examples(
                file("train.jsonl"),
                IntStream.range(0, 120).mapToObj(i -> "say " + i + ":yes").toList());
        var settings = TuningSettings.of(TuningSettings.Method.PROMPT).withMaxLength(128);
        var job = new TuningJob(
                Runs.BASE,
                file("train.jsonl"),
                Optional.empty(),
                Optional.empty(),
                file("out"),
                settings,
                Runs.PLACEMENT);

        var result = run(job, () -> false);

        assertThat(result.bestLoss()).isLessThan(0.8 * result.baseLoss());
    }

    @Test
    void basesThatCannotBeUsedAreNamed() throws IOException {
        assertRefused(
                changed("family", "config.json", json -> json.put("model_type", "mamba")), "mamba", "Known: llama");
        assertRefused(
                changed(
                        "quantised",
                        "config.json",
                        json -> json.putObject("quantization_config").put("quant_method", "bitsandbytes")),
                "quantised (bitsandbytes)",
                "qlora");
        assertRefused(
                changed(
                        "tokens",
                        "tokenizer.json",
                        json -> ((ObjectNode) json.path("model").path("vocab")).put("o", 200)),
                "token 200",
                "96 only");
        var shard = Runs.copyOfBase(file("shard"));
        Files.move(shard.resolve("model.safetensors"), shard.resolve("model-1.safetensors"));
        Files.writeString(
                shard.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"model.norm.weight\": \"model-1.safetensors\", \"model.embed_tokens.weight\":"
                        + " \"model-2.safetensors\"}}");
        assertRefused(shard, "model-2.safetensors");
        var cut = Runs.copyOfBase(file("cut"));
        var weights = Files.readAllBytes(cut.resolve("model.safetensors"));
        Files.write(cut.resolve("model.safetensors"), java.util.Arrays.copyOf(weights, weights.length / 2));
        assertRefused(cut, "damaged");
        assertRefused(withoutNumbers(), "before anything is trained", "damaged");
    }

    private Path withoutNumbers() throws IOException {
        var model = Runs.copyOfBase(file("nan"));
        try (var scope = new PointerScope();
                var file = Safetensors.open(Runs.BASE.resolve("model.safetensors"))) {
            var tensors = new LinkedHashMap<String, Tensor>();
            file.names().forEach(name -> tensors.put(name, file.tensor(name)));
            tensors.computeIfPresent("model.norm.weight", (name, norm) -> norm.mul(new Scalar(Double.NaN)));
            SafetensorsWriter.write(model.resolve("model.safetensors"), tensors, Map.of());
        }
        return model;
    }

    private void assertRefused(Path base, String... says) throws IOException {
        var out = base.getFileName() + "-out";
        var job = job(base, out, Runs.settings(TuningSettings.Method.LORA, 1));
        assertThatThrownBy(() -> run(job, () -> false))
                .isInstanceOf(MendableException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(says));
        // Nothing was trained, so a better base may be tried with the same --out.
        job(Runs.BASE, out, Runs.settings(TuningSettings.Method.LORA, 1)).requireNew();
    }

    @Test
    void aRunThatTheMachineCannotHoldIsRefusedWithWhatWouldFit() {
        var large = Runs.settings(TuningSettings.Method.LORA, 1);
        var job = onCpu(job(Runs.BASE, "out", large));
        long need = 300_000_000;

        assertThatThrownBy(() ->
                        job.run(Progress.silent(), new NativeMemory(need / 2, need / 2), remark -> {}, () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("needs about 0.3 GB")
                .hasMessageContaining("has 0.2 GB")
                .hasMessageContaining("smaller model")
                .hasMessageContaining("--ignore-memory");
        assertThat(file("out")).doesNotExist();

        var remarks = new ArrayList<String>();
        job.run(Progress.silent(), new NativeMemory(need * 2, need / 2), remarks::add, () -> false);
        assertThat(remarks).singleElement().asString().contains("are free now");
    }

    @Test
    void libtorchOutOfMemoryIsASentence() throws IOException {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        assumeThat(Files.readString(Path.of("/proc/sys/vm/overcommit_memory")).strip())
                .as("a system that promises memory that it does not have gives no error")
                .isNotEqualTo("1");
        assumeThat(NativeMemory.now().total()).isLessThan(64_000_000_000L);
        var lora = new LoraSettings(Integer.MAX_VALUE, 1, 0, false, false, List.of());
        var job = onCpu(job(
                Runs.BASE, "out", Runs.settings(TuningSettings.Method.LORA, 1).withLora(lora)));

        assertThatThrownBy(() -> run(job, () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("memory ran out")
                .hasMessageContaining("allocate")
                .hasMessageContaining("needs about");
    }

    @Test
    void activationsAreKeptWhereHalfOfTheMemorySuffices() throws IOException {
        Runs.examples(file("train.jsonl"), List.of("say yes:yes", "say no:no"));
        var lora = new TuningJob(
                Runs.BASE,
                file("train.jsonl"),
                Optional.empty(),
                Optional.empty(),
                file("out"),
                TuningSettings.of(TuningSettings.Method.LORA),
                Placement.cpu(Precision.FLOAT32));
        var much = new NativeMemory(64L << 30, 32L << 30);

        assertThat(lora.remembering(much).settings()).isEqualTo(lora.settings().withRemember(true));
        assertThat(lora.remembering(new NativeMemory(64L << 30, 1L << 20)))
                .as("little is free")
                .isEqualTo(lora);
        assertThat(lora.remembering(new NativeMemory(1L << 20, 1L << 20)))
                .as("a small machine")
                .isEqualTo(lora);
        var fourBits = new TuningJob(
                lora.base(),
                lora.training(),
                lora.heldOut(),
                lora.general(),
                lora.out(),
                TuningSettings.of(TuningSettings.Method.QLORA),
                lora.placement());
        assertThat(fourBits.remembering(much)).isEqualTo(fourBits);
    }

    /** The memory that is asked about is the machine's, not a GPU's. */
    private static TuningJob onCpu(TuningJob job) {
        return new TuningJob(
                job.base(),
                job.training(),
                job.heldOut(),
                job.general(),
                job.out(),
                job.settings(),
                Placement.cpu(Precision.FLOAT32));
    }

    private TuningJob job(Path base, String out, TuningSettings settings) {
        return new TuningJob(
                base,
                file("train.jsonl"),
                Optional.of(file("held.jsonl")),
                Optional.of(file("general.jsonl")),
                file(out),
                settings,
                Runs.PLACEMENT);
    }

    private static TrainingRun.Result run(TuningJob job, BooleanSupplier cancelled) {
        return job.run(Progress.silent(), NativeMemory.UNLIMITED, remark -> {}, cancelled);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    /** A copy of the base with one JSON file changed. */
    private Path changed(String name, String file, java.util.function.Consumer<ObjectNode> change) throws IOException {
        var model = Runs.copyOfBase(file(name));
        JsonNode json = JSON.readTree(model.resolve(file).toFile());
        change.accept((ObjectNode) json);
        JSON.writeValue(model.resolve(file).toFile(), json);
        return model;
    }
}
