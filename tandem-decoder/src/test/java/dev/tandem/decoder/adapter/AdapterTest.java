package dev.tandem.decoder.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Positions;
import dev.tandem.decoder.model.Routing;
import dev.tandem.decoder.model.TinyModels;
import dev.tandem.decoder.torch.Device;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.decoder.weights.Safetensors;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterTest {
    private static final Placement PLACEMENT = Placement.best(Precision.FLOAT32);

    /** A GPU adds up in another order for another number of rows. */
    private static final double NEAR = PLACEMENT.device() == Device.CPU ? 1e-5 : 1e-4;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"lora", "lora-other", "rslora-patterns", "dora"})
    void logitsEqualPeft(String name) throws IOException {
        var expected = expected(name);
        try (var scope = new PointerScope();
                var decoder = open(expected);
                var adapter = Adapter.attach(folder(name), "a", decoder)) {
            var ids = ids(expected);
            var base = decoder.forward(ids, Routing.BASE);

            assertExpected(decoder.forward(ids, Routing.through("a")), expected);

            adapter.close();
            assertThat(distance(decoder.forward(ids, Routing.through("a")), base))
                    .isZero();
        }
    }

    @Test
    void virtualTokensEqualPeft() throws IOException {
        var expected = expected("prompt");
        try (var scope = new PointerScope();
                var decoder = open(expected);
                var adapter = Adapter.attach(folder("prompt"), "p", decoder)) {
            var prompt = adapter.prompt().orElseThrow().unsqueeze(0);
            var x = torch.cat(new TensorVector(prompt, decoder.embedding(ids(expected))), 1);
            var positions = Positions.causal(decoder.config(), PLACEMENT, (int) x.size(1));
            for (int i = 0; i < decoder.blocks(); i++) {
                x = decoder.block(i, x, positions, dev.tandem.decoder.model.KeyValues.NONE, Routing.BASE);
            }
            assertExpected(decoder.logits(decoder.finish(x)), expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "rslora-patterns", "dora"})
    void aMergedModelSaysTheSame(String name) throws IOException {
        var expected = expected(name);
        var merged = temporary.resolve("merged");
        Merge.write(TinyModels.folder(expected.get("base").asText()), folder(name), merged);

        try (var scope = new PointerScope();
                var decoder = Decoder.open(merged, PLACEMENT, Decoder.Storage.PLAIN)) {
            // The base of "lora" is held in bfloat16, so its merged weights are rounded to it again.
            double tolerance = name.equals("lora") ? 0.05 : 1e-4;
            assertExpected(decoder.forward(ids(expected), Routing.BASE), expected, tolerance);
        }
        assertThat(merged.resolve("config.json")).exists();
        assertThatThrownBy(() -> Merge.write(TinyModels.folder("llama3"), folder(name), merged))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("in use");
    }

    @Test
    void eachRowOfABatchGoesThroughItsOwnAdapter() throws IOException {
        var expected = expected("lora");
        try (var scope = new PointerScope();
                var decoder = open(expected);
                var one = Adapter.attach(folder("lora"), "one", decoder);
                var other = Adapter.attach(folder("lora-other"), "other", decoder)) {
            var ids = ids(expected);
            var rows = torch.cat(new TensorVector(ids, ids, ids), 0);

            var mixed = decoder.forward(
                    rows, new Routing.PerRow(List.of(Optional.of("other"), Optional.empty(), Optional.of("one"))));

            assertThat(distance(mixed.narrow(0, 0, 1), decoder.forward(ids, Routing.through("other"))))
                    .isLessThan(NEAR);
            assertThat(distance(mixed.narrow(0, 1, 1), decoder.forward(ids, Routing.BASE)))
                    .isLessThan(NEAR);
            assertThat(distance(mixed.narrow(0, 2, 1), decoder.forward(ids, Routing.through("one"))))
                    .isLessThan(NEAR);
            assertThat(one.name()).isNotEqualTo(other.name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "rslora-patterns", "dora", "prompt"})
    void whatIsWrittenIsReadBack(String name) {
        try (var scope = new PointerScope();
                var original = Safetensors.open(folder(name).resolve("adapter_model.safetensors"))) {
            var trained = new LinkedHashMap<String, Tensor>();
            original.names().forEach(key -> trained.put(key.replace("base_model.model.", ""), original.tensor(key)));
            var config = Adapter.describe(folder(name));

            Adapter.write(temporary.resolve("copy"), config, trained);

            assertThat(Adapter.describe(temporary.resolve("copy"))).isEqualTo(config);
            try (var copy = Safetensors.open(temporary.resolve("copy").resolve("adapter_model.safetensors"))) {
                assertThat(copy.names()).isEqualTo(original.names());
                copy.names()
                        .forEach(key -> assertThat(copy.tensor(key).equal(original.tensor(key)))
                                .as(key)
                                .isTrue());
            }
        }
    }

    @Test
    void anAdapterOfAnotherModelIsRefusedAndLeavesNothingBehind() {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder("mistral"), PLACEMENT, Decoder.Storage.PLAIN)) {
            assertThatThrownBy(() -> Adapter.attach(folder("dora"), "a", decoder))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("does not fit");
            assertThat(decoder.linears().values())
                    .allMatch(linear -> linear.update("a").isEmpty());
        }
    }

    @Test
    void unknownKindsAndMissingFilesAreNamed() throws IOException {
        Files.writeString(temporary.resolve("adapter_config.json"), "{\"peft_type\": \"IA3\"}");
        assertThatThrownBy(() -> Adapter.describe(temporary))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("IA3");
        assertThatThrownBy(() -> Adapter.describe(temporary.resolve("nowhere")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("adapter_config.json");
    }

    private static Path folder(String name) {
        return Path.of("src/test/resources/adapters").resolve(name);
    }

    private static JsonNode expected(String name) throws IOException {
        return new ObjectMapper().readTree(folder(name).resolve("expected.json").toFile());
    }

    private static Decoder open(JsonNode expected) {
        return Decoder.open(TinyModels.folder(expected.get("base").asText()), PLACEMENT, Decoder.Storage.PLAIN);
    }

    private static Tensor ids(JsonNode expected) {
        var node = expected.get("ids");
        var ids = new long[node.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = node.get(i).longValue();
        }
        return Tensor.create(ids, 1, ids.length);
    }

    private static void assertExpected(Tensor logits, JsonNode expected) {
        assertExpected(logits, expected, 1e-4);
    }

    /** The last two positions. */
    private static void assertExpected(Tensor logits, JsonNode expected, double tolerance) {
        var last = logits.squeeze(0).narrow(0, logits.size(1) - 2, 2).cpu().contiguous();
        var numbers = new float[(int) last.numel()];
        new FloatPointer(last.data_ptr_float()).get(numbers);
        int at = 0;
        for (var row : expected.get("logits")) {
            for (var number : row) {
                assertThat((double) numbers[at++]).isCloseTo(number.asDouble(), within(tolerance));
            }
        }
    }

    private static double distance(Tensor a, Tensor b) {
        return a.sub(b).norm().item_double();
    }
}
