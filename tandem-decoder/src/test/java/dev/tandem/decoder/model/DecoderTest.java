package dev.tandem.decoder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {
    private static final Placement PLACEMENT = Placement.best(Precision.FLOAT32);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama2",
                "llama3",
                "llama-biases",
                "mistral",
                "qwen2",
                "qwen2-window",
                "qwen3",
                "smollm3",
                "gemma2",
                "gemma3"
            })
    void logitsAndGreedyTokensEqualTheReference(String name) throws IOException {
        var expected = TinyModels.expected(name);
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder(name), PLACEMENT, Decoder.Storage.PLAIN)) {
            assertThat(decoder.config().parameters())
                    .isEqualTo(expected.get("parameters").longValue())
                    .isEqualTo(decoder.parameters().values().stream()
                            .mapToLong(Tensor::numel)
                            .sum());
            for (var example : expected.get("cases")) {
                var ids = TinyModels.ids(example.get("ids"));
                var logits = floats(decoder.forward(tokens(ids), Routing.BASE));
                int vocabulary = decoder.config().vocabulary();
                for (int row = 0; row < 3; row++) {
                    for (int token = 0; token < vocabulary; token++) {
                        assertThat((double) logits[(ids.length - 3 + row) * vocabulary + token])
                                .isCloseTo(
                                        example.get("logits")
                                                .get(row)
                                                .get(token)
                                                .asDouble(),
                                        within(1e-4));
                    }
                }
                assertThat(greedy(decoder, ids, 12)).isEqualTo(TinyModels.ids(example.get("greedy")));
            }
        }
    }

    private static long[] greedy(Decoder decoder, long[] prompt, int count) {
        var ids = prompt;
        for (int i = 0; i < count; i++) {
            var logits = floats(decoder.forward(tokens(ids), Routing.BASE));
            int last = logits.length - decoder.config().vocabulary();
            int best = last;
            for (int at = last; at < logits.length; at++) {
                best = logits[at] > logits[best] ? at : best;
            }
            ids = Arrays.copyOf(ids, ids.length + 1);
            ids[ids.length - 1] = (long) best - last;
        }
        return Arrays.copyOfRange(ids, prompt.length, ids.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "mistral", "gemma3"})
    void packedTextsDoNotSeeEachOther(String name) {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder(name), PLACEMENT, Decoder.Storage.PLAIN)) {
            long[] first = {5, 9, 33, 21, 8, 70, 12};
            long[] second = {61, 4, 4, 90};
            var both = new long[13];
            System.arraycopy(first, 0, both, 0, 7);
            System.arraycopy(second, 0, both, 7, 4);
            var positions = Positions.packed(decoder.config(), PLACEMENT, List.of(new int[] {7, 4}), 13);

            var packed = decoder.forward(tokens(both), positions, Routing.BASE);

            assertThat(distance(packed.narrow(1, 0, 7), decoder.forward(tokens(first), Routing.BASE)))
                    .isLessThan(1e-5);
            assertThat(distance(packed.narrow(1, 7, 4), decoder.forward(tokens(second), Routing.BASE)))
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama2", "qwen2-window"})
    void rowsPaddedOnTheLeftEqualRowsAlone(String name) {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder(name), PLACEMENT, Decoder.Storage.PLAIN)) {
            long[] whole = {5, 9, 33, 21, 8, 70, 12};
            long[] part = {61, 4, 90};
            var rows = torch.stack(new org.bytedeco.pytorch.TensorVector(
                    tokens(whole).view(-1), tokens(0, 0, 0, 0, 61, 4, 90).view(-1)));
            var positions = Positions.continued(decoder.config(), PLACEMENT, new int[] {0, 4}, 0, 7);

            var batch = decoder.forward(rows, positions, Routing.BASE);

            assertThat(distance(batch.narrow(0, 0, 1), decoder.forward(tokens(whole), Routing.BASE)))
                    .isLessThan(1e-5);
            assertThat(distance(batch.narrow(0, 1, 1).narrow(1, 4, 3), decoder.forward(tokens(part), Routing.BASE)))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void halfPrecisionStaysNear() throws IOException {
        var ids =
                TinyModels.ids(TinyModels.expected("llama3").get("cases").get(1).get("ids"));
        try (var scope = new PointerScope();
                var full = Decoder.open(TinyModels.folder("llama3"), PLACEMENT, Decoder.Storage.PLAIN);
                var half = Decoder.open(
                        TinyModels.folder("llama3"), Placement.best(Precision.BFLOAT16), Decoder.Storage.PLAIN)) {
            var exact = full.forward(tokens(ids), Routing.BASE);
            var near = half.forward(tokens(ids), Routing.BASE).to(ScalarType.Float);

            assertThat(distance(near, exact)).isLessThan(0.03 * exact.norm().item_double());
        }
    }

    @Test
    void memoryStaysFlatOverManyPasses() {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder("llama3"), PLACEMENT, Decoder.Storage.PLAIN)) {
            var ids = tokens(5, 9, 33, 21);
            long before = 0;
            for (int pass = 0; pass < 300; pass++) {
                try (var inner = new PointerScope()) {
                    decoder.forward(ids, Routing.BASE);
                }
                before = pass == 100 ? org.bytedeco.javacpp.Pointer.totalCount() : before;
            }
            assertThat(org.bytedeco.javacpp.Pointer.totalCount()).isLessThanOrEqualTo(before + 20);
        }
    }

    private static Tensor tokens(long... ids) {
        return Tensor.create(ids, 1, ids.length);
    }

    private static double distance(Tensor a, Tensor b) {
        return a.sub(b).norm().item_double();
    }

    private static float[] floats(Tensor tensor) {
        var flat = tensor.cpu().to(ScalarType.Float).contiguous();
        var numbers = new float[(int) flat.numel()];
        new org.bytedeco.javacpp.FloatPointer(flat.data_ptr_float()).get(numbers);
        return numbers;
    }
}
