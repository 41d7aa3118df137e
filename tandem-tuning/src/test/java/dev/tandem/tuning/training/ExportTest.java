package dev.tandem.tuning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.adapter.Merge;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Routing;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.dataset.Batch;
import dev.tandem.tuning.dataset.Dataset;
import dev.tandem.tuning.dataset.TokenExample;
import dev.tandem.tuning.method.HeldOutLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run leaves is what it measured, in every form that leaves the house. */
class ExportTest {
    @TempDir
    private Path folder;

    private Dataset examples = new Dataset(List.of(), 0, 0);

    @BeforeEach
    void read() throws IOException {
        var file = Runs.examples(folder.resolve("train.jsonl"), List.of("one:1", "two:2", "three:3", "four:4"));
        try (var tokenizer = Tokenizer.open(Runs.BASE)) {
            examples = Dataset.read(file, tokenizer, 64);
        }
    }

    private Path trained(TuningSettings.Method method, double[] loss) {
        var out = folder.resolve(method.name());
        var data = new TrainingRun.Data(examples, examples, Optional.empty(), "");
        loss[0] = new TrainingRun(Runs.BASE, out, data, Runs.settings(method, 8), Runs.PLACEMENT)
                .run(update -> {}, () -> false)
                .bestLoss();
        return out;
    }

    @ParameterizedTest
    @EnumSource(TuningSettings.Method.class)
    void whatIsOnDiskHasTheLossThatWasMeasured(TuningSettings.Method method) {
        var measured = new double[1];
        var out = trained(method, measured);
        boolean full = method == TuningSettings.Method.FULL;

        try (var scope = new PointerScope();
                var decoder = Decoder.open(
                        full ? out : Runs.BASE,
                        Runs.PLACEMENT,
                        method == TuningSettings.Method.QLORA ? Decoder.Storage.NF4 : Decoder.Storage.PLAIN)) {
            var adapter = full ? Optional.<Adapter>empty() : Optional.of(Adapter.attach(out, "a", decoder));
            double loss = HeldOutLoss.of(decoder, adapter, Batch.pack(examples.examples(), 64));
            adapter.ifPresent(Adapter::close);
            assertThat(loss / examples.learnedTokens()).isCloseTo(measured[0], within(1e-5));
        }
    }

    /** The trap: an adapter that was trained beside four-bit weights, merged into those, says something else. */
    @Test
    void anAdapterTrainedInFourBitsIsMergedIntoTheFullWeights() {
        var out = trained(TuningSettings.Method.QLORA, new double[1]);
        var merged = folder.resolve("merged");

        Merge.write(Runs.BASE, out, merged);

        var beside = logits(Runs.BASE, Optional.of(out), Decoder.Storage.PLAIN);
        assertClose(logits(merged, Optional.empty(), Decoder.Storage.PLAIN), beside, 1e-4);
        assertThat(distance(logits(Runs.BASE, Optional.of(out), Decoder.Storage.NF4), beside))
                .as("four bits do make a difference")
                .isGreaterThan(0.01);
    }

    @Test
    void aCopyForOtherProgramsSaysTheSame() {
        var out = trained(TuningSettings.Method.LORA, new double[1]);
        var copy = folder.resolve("copy");

        Adapter.copy(out, copy, Optional.of("some/base"));

        assertClose(
                logits(Runs.BASE, Optional.of(copy), Decoder.Storage.PLAIN),
                logits(Runs.BASE, Optional.of(out), Decoder.Storage.PLAIN),
                0);
    }

    private float[] logits(Path model, Optional<Path> adapterFolder, Decoder.Storage storage) {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(model, Runs.PLACEMENT, storage)) {
            var adapter = adapterFolder.map(each -> Adapter.attach(each, "a", decoder));
            var ids = ids(examples.examples().getFirst());
            var logits = decoder.forward(ids, adapter.isPresent() ? Routing.through("a") : Routing.BASE)
                    .detach()
                    .cpu()
                    .contiguous();
            var numbers = new float[(int) logits.numel()];
            new org.bytedeco.javacpp.FloatPointer(logits.data_ptr_float()).get(numbers);
            adapter.ifPresent(Adapter::close);
            return numbers;
        }
    }

    private static Tensor ids(TokenExample example) {
        return Tensor.create(
                java.util.Arrays.stream(example.ids()).asLongStream().toArray(), 1, example.length());
    }

    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(distance(actual, expected)).isLessThanOrEqualTo(tolerance);
    }

    /** The largest of all differences. */
    private static double distance(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double most = 0;
        for (int i = 0; i < actual.length; i++) {
            most = Math.max(most, Math.abs((double) actual[i] - expected[i]));
        }
        return most;
    }
}
