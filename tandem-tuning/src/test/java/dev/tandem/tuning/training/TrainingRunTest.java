package dev.tandem.tuning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Routing;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.dataset.Dataset;
import dev.tandem.tuning.method.LoraSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingRunTest {
    private static final Path BASE = Path.of("../tandem-decoder/src/test/resources/models/qwen2");
    private static final Placement PLACEMENT = Placement.cpu(Precision.FLOAT32);

    @TempDir
    private Path folder;

    private TrainingRun.Data data =
            new TrainingRun.Data(new Dataset(List.of(), 0, 0), new Dataset(List.of(), 0, 0), "");

    @BeforeEach
    void readData() throws IOException {
        var lines = new StringBuilder();
        for (var pair : List.of("one:1", "two:2", "three:3", "four:4", "five:5", "six:6", "seven:7", "eight:8")) {
            var parts = pair.split(":", -1);
            lines.append(
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"%s\"}, {\"role\": \"assistant\", \"content\": \"%s\"}]}%n"
                            .formatted(parts[0], parts[1]));
        }
        Files.writeString(folder.resolve("train.jsonl"), lines);
        try (var tokenizer = Tokenizer.open(BASE)) {
            var read = Dataset.read(folder.resolve("train.jsonl"), tokenizer, 64);
            data = new TrainingRun.Data(read, read, "hash");
        }
    }

    @ParameterizedTest
    @EnumSource(TuningSettings.Method.class)
    void everyMethodGetsBetterThanItsBaseAndLeavesFilesThatLoad(TuningSettings.Method method) {
        var out = folder.resolve("out");
        var losses = new ArrayList<Double>();

        var result = new TrainingRun(BASE, out, data, settings(method, 8), PLACEMENT)
                .run(update -> losses.add(update.loss()), () -> false);

        assertThat(result.ending()).isEqualTo(TrainingRun.Ending.DONE);
        assertThat(result.updates()).isEqualTo(16);
        assertThat(losses).hasSize(16);
        assertThat(result.bestLoss()).isLessThan(result.baseLoss());
        assertThat(out.resolve("metrics.csv")).content().hasLineCount(17);
        try (var scope = new PointerScope();
                var decoder = Decoder.open(
                        method == TuningSettings.Method.FULL ? out : BASE, PLACEMENT, Decoder.Storage.PLAIN)) {
            if (method != TuningSettings.Method.FULL) {
                Adapter.attach(out, "a", decoder).close();
            }
        }
    }

    @Test
    void theAdapterOnDiskHasTheLossThatWasMeasured() {
        var out = folder.resolve("out");
        var result = new TrainingRun(BASE, out, data, settings(TuningSettings.Method.LORA, 8), PLACEMENT)
                .run(update -> {}, () -> false);

        try (var scope = new PointerScope();
                var decoder = Decoder.open(BASE, PLACEMENT, Decoder.Storage.PLAIN);
                var adapter = Adapter.attach(out, "a", decoder)) {
            double loss = 0;
            for (var example : data.heldOut().examples()) {
                var ids = java.util.Arrays.stream(example.ids()).asLongStream().toArray();
                var logits = decoder.forward(Tensor.create(ids, 1, ids.length), Routing.through(adapter.name()))
                        .squeeze(0)
                        .log_softmax(-1);
                for (int i = 1; i < ids.length; i++) {
                    loss -= example.learned()[i] ? logits.get(i - 1).get(ids[i]).item_double() : 0;
                }
            }
            assertThat(loss / data.heldOut().learnedTokens()).isCloseTo(result.bestLoss(), within(1e-4));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TuningSettings.Method.class,
            names = {"FULL", "LORA"})
    void aRunThatWasBrokenOffGoesOnToTheSameWeights(TuningSettings.Method method) throws IOException {
        var settings = settings(method, 4);
        var whole = folder.resolve("whole");
        new TrainingRun(BASE, whole, data, settings, PLACEMENT).run(update -> {}, () -> false);
        var broken = folder.resolve("broken");
        var count = new int[1];
        var first = new TrainingRun(BASE, broken, data, settings, PLACEMENT).run(update -> {}, () -> ++count[0] == 3);
        assertThat(first.ending()).isEqualTo(TrainingRun.Ending.CANCELLED);

        var second = new TrainingRun(BASE, broken, data, settings, PLACEMENT).run(update -> {}, () -> false);

        assertThat(second.updates()).isEqualTo(8);
        var file = method == TuningSettings.Method.FULL ? "model.safetensors" : "adapter_model.safetensors";
        assertThat(Files.readAllBytes(broken.resolve(file))).isEqualTo(Files.readAllBytes(whole.resolve(file)));
        assertThat(Files.readAllLines(broken.resolve("metrics.csv"))).hasSize(9);
        try (var left = Files.list(broken)) {
            assertThat(left.filter(each -> each.toString().contains("checkpoint")))
                    .isEmpty();
        }
    }

    @Test
    void otherDataAreNoticedWhenARunGoesOn() {
        var out = folder.resolve("out");
        var settings = settings(TuningSettings.Method.LORA, 4);
        new TrainingRun(BASE, out, data, settings, PLACEMENT).run(update -> {}, () -> true);
        var other = new TrainingRun.Data(data.training(), data.heldOut(), "another");

        assertThatThrownBy(() -> new TrainingRun(BASE, out, other, settings, PLACEMENT).run(update -> {}, () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("changed");
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunAndSaysWhy() {
        var wild = withRate(settings(TuningSettings.Method.LORA, 40), 1e30);

        assertThatThrownBy(() -> new TrainingRun(BASE, folder.resolve("out"), data, wild, PLACEMENT)
                        .run(update -> {}, () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("diverged")
                .hasMessageContaining("learning rate");
    }

    @Test
    void trainingStopsWhenTheHeldOutLossNoLongerFalls() {
        var wild = withRate(settings(TuningSettings.Method.LORA, 50), 3);

        var result = new TrainingRun(BASE, folder.resolve("out"), data, wild, PLACEMENT).run(update -> {}, () -> false);

        assertThat(result.ending()).isEqualTo(TrainingRun.Ending.STOPPED_EARLY);
        assertThat(result.updates()).isLessThan(100);
    }

    private static TuningSettings settings(TuningSettings.Method method, int epochs) {
        double rate = switch (method) {
            case FULL -> 0.005;
            case LORA, QLORA -> 0.02;
            case PROMPT -> 0.05;
        };
        return new TuningSettings(
                method,
                new LoraSettings(4, 8, 0.1, false, false, List.of()),
                5,
                "Say the number:",
                epochs,
                2,
                2,
                rate,
                0.1,
                0.01,
                1,
                64,
                2,
                3,
                false,
                7);
    }

    private static TuningSettings withRate(TuningSettings settings, double rate) {
        return new TuningSettings(
                settings.method(),
                settings.lora(),
                settings.virtualTokens(),
                settings.initialText(),
                settings.epochs(),
                settings.batch(),
                settings.accumulate(),
                rate,
                settings.warmup(),
                settings.weightDecay(),
                settings.clip(),
                settings.maxLength(),
                settings.evaluateEvery(),
                settings.patience(),
                settings.remember(),
                settings.seed());
    }
}
