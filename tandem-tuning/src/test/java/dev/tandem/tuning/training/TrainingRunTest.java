package dev.tandem.tuning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Routing;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.dataset.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunTest {
    private static final Path BASE = Runs.BASE;
    private static final Placement PLACEMENT = Runs.PLACEMENT;

    @TempDir
    private Path folder;

    private TrainingRun.Data data =
            new TrainingRun.Data(new Dataset(List.of(), 0, 0), new Dataset(List.of(), 0, 0), Optional.empty(), "");

    @BeforeEach
    void readData() throws IOException {
        Runs.examples(
                folder.resolve("train.jsonl"),
                List.of("one:1", "two:2", "three:3", "four:4", "five:5", "six:6", "seven:7", "eight:8"));
        try (var tokenizer = Tokenizer.open(BASE)) {
            var read = Dataset.read(folder.resolve("train.jsonl"), tokenizer, 64);
            data = new TrainingRun.Data(read, read, Optional.empty(), "hash");
        }
    }

    @ParameterizedTest
    @EnumSource(TuningSettings.Method.class)
    void everyMethodGetsBetterThanItsBaseAndLeavesFilesThatLoad(TuningSettings.Method method) {
        var out = folder.resolve("out");
        var losses = new ArrayList<Double>();

        var result = new TrainingRun(BASE, out, data, Runs.settings(method, 8), PLACEMENT)
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
        var result = new TrainingRun(BASE, out, data, Runs.settings(TuningSettings.Method.LORA, 8), PLACEMENT)
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
    @EnumSource(TuningSettings.Method.class)
    void aRunThatWasBrokenOffGoesOnToTheSameWeights(TuningSettings.Method method) throws IOException {
        var settings = Runs.settings(method, 4);
        var whole = folder.resolve("whole");
        var unbroken = new TrainingRun(BASE, whole, data, settings, PLACEMENT).run(update -> {}, () -> false);
        var broken = folder.resolve("broken");
        var count = new int[1];
        var first = new TrainingRun(BASE, broken, data, settings, PLACEMENT).run(update -> {}, () -> ++count[0] == 3);
        assertThat(first.ending()).isEqualTo(TrainingRun.Ending.CANCELLED);

        var second = new TrainingRun(BASE, broken, data, settings, PLACEMENT).run(update -> {}, () -> false);

        assertThat(second.updates()).isEqualTo(8);
        assertThat(second).isEqualTo(unbroken);
        var file = method == TuningSettings.Method.FULL ? "model.safetensors" : "adapter_model.safetensors";
        assertThat(Files.readAllBytes(broken.resolve(file))).isEqualTo(Files.readAllBytes(whole.resolve(file)));
        assertThat(Files.readAllLines(broken.resolve("metrics.csv"))).hasSize(9);
    }

    @Test
    void otherDataAreNoticedWhenARunGoesOn() {
        var out = folder.resolve("out");
        var settings = Runs.settings(TuningSettings.Method.LORA, 4);
        new TrainingRun(BASE, out, data, settings, PLACEMENT).run(update -> {}, () -> true);
        var other = new TrainingRun.Data(data.training(), data.heldOut(), Optional.empty(), "another");

        assertThatThrownBy(() -> new TrainingRun(BASE, out, other, settings, PLACEMENT).run(update -> {}, () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("changed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aLossThatIsNoNumberStopsTheRunSaysWhyAndKeepsNothingOfIt(int perBatch) {
        // With all examples in one update, it is the held-out loss behind the last that is no number.
        var wild = Runs.settings(TuningSettings.Method.LORA, 1)
                .withLearningRate(1e30)
                .withBatch(perBatch);
        var out = folder.resolve("out");

        assertThatThrownBy(() -> new TrainingRun(BASE, out, data, wild, PLACEMENT).run(update -> {}, () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("diverged")
                .hasMessageContaining("learning rate")
                .hasMessageContaining("none are kept");
        assertThat(out.resolve("adapter_model.safetensors")).doesNotExist();
    }

    @Test
    void aRunThatDivergesLaterKeepsItsBestWeightsAndItsCheckpoint() throws IOException {
        var settings = Runs.settings(TuningSettings.Method.LORA, 4);
        var whole = folder.resolve("whole");
        new TrainingRun(BASE, whole, data, settings, PLACEMENT).run(update -> {}, () -> false);
        var out = folder.resolve("out");
        var count = new int[1];
        new TrainingRun(BASE, out, data, settings, PLACEMENT).run(update -> {}, () -> ++count[0] == 4);
        var good = Files.readAllBytes(out.resolve("adapter_model.safetensors"));

        assertThatThrownBy(() -> new TrainingRun(BASE, out, data, settings.withLearningRate(1e30), PLACEMENT)
                        .run(update -> {}, () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("best held-out loss are kept in " + out);
        assertThat(Files.readAllBytes(out.resolve("adapter_model.safetensors"))).isEqualTo(good);

        new TrainingRun(BASE, out, data, settings, PLACEMENT).run(update -> {}, () -> false);
        assertThat(Files.readAllBytes(out.resolve("adapter_model.safetensors")))
                .isEqualTo(Files.readAllBytes(whole.resolve("adapter_model.safetensors")));
    }

    @Test
    void trainingStopsWhenTheHeldOutLossNoLongerFalls() {
        var wild = Runs.settings(TuningSettings.Method.LORA, 50).withLearningRate(3);

        var result = new TrainingRun(BASE, folder.resolve("out"), data, wild, PLACEMENT).run(update -> {}, () -> false);

        assertThat(result.ending()).isEqualTo(TrainingRun.Ending.STOPPED_EARLY);
        assertThat(result.updates()).isLessThan(100);
    }
}
