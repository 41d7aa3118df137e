package dev.tandem.tuning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.decoder.weights.Safetensors;
import dev.tandem.tuning.dataset.Dataset;
import dev.tandem.tuning.dataset.TokenExample;
import dev.tandem.tuning.method.AdamW;
import dev.tandem.tuning.method.LoraSettings;
import dev.tandem.tuning.method.LoraTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs held, update by update, to those of PEFT and PyTorch that {@code reference/tuning/make_loss_curve.py} made. */
class LossCurveTest {
    private static final Path BASE = Path.of("../tandem-decoder/src/test/resources/models/qwen2");
    private static final Path CURVES = Path.of("src/test/resources/curves");
    private static final Placement PLACEMENT = Placement.best(Precision.FLOAT32);
    private static final String HASH = "the examples of the curves";

    @TempDir
    private Path out;

    private JsonNode golden = new ObjectMapper().createObjectNode();

    @BeforeEach
    void read() throws IOException {
        golden = new ObjectMapper().readTree(CURVES.resolve("curves.json").toFile());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lowRankTuningHasTheLossesOfPeft(boolean magnitudes) throws IOException {
        var name = magnitudes ? "dora" : "lora";
        var settings = settings(name, TuningSettings.Method.LORA, magnitudes);
        beginWith(CURVES.resolve(name + ".safetensors"), settings);

        assertCurve(name, settings);
    }

    /** A checkpoint before the first update, in which the adapter's weights are those that PEFT began with. */
    private void beginWith(Path weights, TuningSettings settings) {
        try (var scope = new PointerScope();
                var file = Safetensors.open(weights);
                var decoder = Decoder.open(BASE, PLACEMENT, Decoder.Storage.PLAIN);
                var tuning = new LoraTuning(decoder, settings.lora(), settings.seed(), false);
                var optimizer = new AdamW(tuning.trained(), settings.weightDecay())) {
            assertThat(file.names()).hasSameElementsAs(tuning.trained().keySet());
            tuning.trained().forEach((name, weight) -> weight.copy_(file.tensor(name)));
            var begun = new LossWatch.State(99, 99, 0, Double.NaN, Double.NaN, Double.NaN, 0, 0);
            Checkpoint.write(out, optimizer, new Checkpoint.Progress(0, 0, begun, HASH));
        }
    }

    @Test
    void fullTuningHasTheLossesOfPyTorch() throws IOException {
        assertCurve("full", settings("full", TuningSettings.Method.FULL, false));
    }

    @Test
    void promptTuningHasTheLossesOfPeft() throws IOException {
        assertCurve("prompt", settings("prompt", TuningSettings.Method.PROMPT, false));
    }

    private void assertCurve(String name, TuningSettings settings) throws IOException {
        var expected = golden.get("curves").get(name);
        var losses = new ArrayList<Double>();

        var result = new TrainingRun(BASE, out, data(), settings, PLACEMENT)
                .run(update -> losses.add(update.loss()), () -> false);

        var norms = Files.readAllLines(out.resolve("metrics.csv")).stream()
                .skip(1)
                .map(line -> Double.parseDouble(line.split(",", -1)[5]))
                .toList();
        assertThat(losses).hasSize(expected.get("losses").size());
        for (int update = 0; update < losses.size(); update++) {
            double loss = expected.get("losses").get(update).asDouble();
            double norm = expected.get("gradient_norms").get(update).asDouble();
            assertThat(losses.get(update)).as("update %d", update + 1).isCloseTo(loss, within(1e-4 * loss));
            assertThat(norms.get(update)).as("gradient %d", update + 1).isCloseTo(norm, within(1e-3 * norm));
        }
        double after = expected.get("after").asDouble();
        assertThat(result.bestLoss()).isCloseTo(after, within(1e-4 * after));
    }

    private TuningSettings settings(String name, TuningSettings.Method method, boolean magnitudes) {
        return new TuningSettings(
                method,
                new LoraSettings(8, 16, 0, false, magnitudes, List.of()),
                golden.get("virtual_tokens").size(),
                "nopqr", // whose tokens are virtual_tokens
                golden.get("epochs").asInt(),
                golden.get("batch").asInt(),
                golden.get("accumulate").asInt(),
                golden.get("curves").get(name).get("learning_rate").asDouble(),
                golden.get("warmup").asDouble(),
                golden.get("weight_decay").asDouble(),
                golden.get("clip").asDouble(),
                64,
                1_000,
                9,
                false,
                golden.get("seed").asLong(),
                0);
    }

    private TrainingRun.Data data() {
        var examples = StreamSupport.stream(golden.get("examples").spliterator(), false)
                .map(LossCurveTest::example)
                .toList();
        var dataset = new Dataset(examples, 0, 0);
        return new TrainingRun.Data(dataset, dataset, Optional.empty(), HASH);
    }

    private static TokenExample example(JsonNode node) {
        var ids = new int[node.get("ids").size()];
        var learned = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = node.get("ids").get(i).asInt();
            learned[i] = i >= node.get("prompt").asInt();
        }
        return new TokenExample(ids, learned);
    }
}
