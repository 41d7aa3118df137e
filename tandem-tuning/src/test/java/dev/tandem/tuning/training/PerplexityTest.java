package dev.tandem.tuning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.adapter.AdapterConfig;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Linear;
import dev.tandem.decoder.model.Routing;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerplexityTest {
    private static final Path BASE = Path.of("../tandem-decoder/src/test/resources/models/qwen2");
    private static final Placement PLACEMENT = Placement.best(Precision.FLOAT32);
    private static final Perplexity.Settings SETTINGS = new Perplexity.Settings(3, 200);

    @TempDir
    private Path folder;

    @Test
    void itIsTheLogarithmOfTheProbabilitiesThatThePlainModelGives() throws IOException {
        var texts = List.of("hello world", "a", "numbers 1 2 3 and more of them", "déjà vu");
        var data = lines(texts.stream().map("{\"text\": \"%s\"}"::formatted).toList());

        var report = Perplexity.measure(BASE, List.of(), data, PLACEMENT, SETTINGS, Progress.silent());

        double loss = 0;
        int tokens = 0;
        try (var tokenizer = Tokenizer.open(BASE)) {
            for (var text : texts) {
                var ids = Arrays.copyOf(tokenizer.encode(text, true), tokenizer.encode(text, true).length + 1);
                ids[ids.length - 1] = tokenizer.end();
                loss += loss(ids);
                tokens += ids.length - 1;
            }
        }
        assertThat(report.base().tokens()).isEqualTo(tokens);
        assertThat(report.base().lossPerToken()).isCloseTo(loss / tokens, within(1e-4));
        assertThat(report.base().perToken()).isCloseTo(Math.exp(loss / tokens), within(1e-2));
        assertThat(report.base().bitsPerByte())
                .isCloseTo(loss / Math.log(2) / report.base().bytes(), within(1e-3));
    }

    @Test
    void onlyAnswersCountAndAnAdapterIsMeasuredBesideTheBase() throws IOException {
        var data = lines(List.of(
                "{\"prompt\": \"say \", \"completion\": \"yes\"}",
                "{\"prompt\": \"do say \", \"completion\": \"no\"}"));
        var nothing = folder.resolve("nothing");
        var moved = folder.resolve("moved");
        try (var scope = new PointerScope();
                var decoder = Decoder.open(BASE, PLACEMENT, Decoder.Storage.PLAIN)) {
            var layer = decoder.linears().values().iterator().next();
            write(nothing, layer, 0);
            write(moved, layer, 0.5f);
        }

        var report = Perplexity.measure(BASE, List.of(nothing, moved), data, PLACEMENT, SETTINGS, Progress.silent());

        assertThat(report.base().tokens()).isEqualTo(3 + 1 + 2 + 1);
        assertThat(report.base().bytes()).isEqualTo(5);
        var adapted = List.copyOf(report.adapted().values());
        assertThat(adapted.get(0).lossPerToken()).isCloseTo(report.base().lossPerToken(), within(1e-6));
        assertThat(Math.abs(adapted.get(1).lossPerToken() - report.base().lossPerToken()))
                .isGreaterThan(1e-4);
    }

    @Test
    void whatIsTooLongLosesItsEndAndIsCounted() throws IOException {
        var data = lines(List.of("{\"text\": \"%s\"}".formatted("long ".repeat(50)), "{\"text\": \"short\"}"));

        var report =
                Perplexity.measure(BASE, List.of(), data, PLACEMENT, new Perplexity.Settings(8, 20), Progress.silent());

        assertThat(report.cut()).isEqualTo(1);
        assertThat(report.base().tokens()).isEqualTo(19 + 5);
    }

    private static void write(Path adapter, Linear layer, float b) {
        int in = (int) layer.in();
        int out = (int) layer.out();
        var config = new AdapterConfig.Lora("", 1, 1, 0, false, false, List.of("q_proj"), Map.of(), Map.of());
        var a = new float[in];
        Arrays.fill(a, 1);
        var column = new float[out];
        Arrays.fill(column, b);
        Adapter.write(
                adapter,
                config,
                Map.of(
                        layer.name() + ".lora_A.weight", Tensor.create(a, 1, in),
                        layer.name() + ".lora_B.weight", Tensor.create(column, out, 1)));
    }

    /** The sum over a text, one position at a time, from the logits of the whole. */
    private static double loss(int[] ids) {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(BASE, PLACEMENT, Decoder.Storage.PLAIN)) {
            var input = Tensor.create(Arrays.stream(ids).asLongStream().toArray(), 1, ids.length);
            var logits = decoder.forward(input, Routing.BASE).squeeze(0);
            double loss = 0;
            for (int position = 0; position + 1 < ids.length; position++) {
                var row = logits.select(0, position);
                double all = 0;
                for (int token = 0; token < row.size(0); token++) {
                    all += Math.exp(row.select(0, token).item_double());
                }
                loss += Math.log(all) - row.select(0, ids[position + 1]).item_double();
            }
            return loss;
        }
    }

    private Path lines(List<String> lines) throws IOException {
        return Files.write(folder.resolve("data.jsonl"), lines);
    }
}
