package dev.tandem.decoder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.decoder.torch.Device;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPassTest {
    private static final Placement FLOAT32 = new Placement(Device.CPU, Precision.FLOAT32);
    private static final long[] TEXT = {30, 31, 32, 33, 34, 35, 36, 40, 41, 45, 44, 43, 42, 50, 51, 52};
    private static final int READ = 5;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama2",
                "llama3",
                "mistral",
                "qwen2",
                "qwen2-window",
                "llama-biases",
                "qwen3",
                "smollm3",
                "gemma2",
                "gemma3"
            })
    void tokenByTokenByAnyNumberOfThreadsTheLogitsAreThoseOfAllAtOnce(String model) {
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true);
                var decoder = Decoder.open(TinyModels.folder(model), FLOAT32, Decoder.Storage.PLAIN)) {
            var expected = logits(decoder.forward(Tensor.create(TEXT, 1, TEXT.length), Routing.BASE));
            for (int threads = 1; threads <= 3; threads++) {
                try (var pass = pass(decoder, Optional.empty(), threads)) {
                    for (int i = READ; i < TEXT.length; i++) {
                        assertClose(pass.next(TEXT[i]), expected[i], 1e-4);
                    }
                }
            }
        }
    }

    @Test
    void anAdaptersUpdateIsInIt() {
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true);
                var decoder = Decoder.open(TinyModels.folder("llama3"), FLOAT32, Decoder.Storage.PLAIN)) {
            torch.manual_seed(7);
            decoder.linears()
                    .values()
                    .forEach(linear -> linear.attach(
                            "voice",
                            new LowRank(
                                    torch.randn(3, linear.in()),
                                    torch.randn(linear.out(), 3),
                                    0.05,
                                    Optional.empty(),
                                    0)));
            var ids = Tensor.create(TEXT, 1, TEXT.length);
            var base = logits(decoder.forward(ids, Routing.BASE));
            var expected = logits(decoder.forward(ids, Routing.through("voice")));
            assertThat(expected[READ][3]).isNotCloseTo(base[READ][3], Offset.offset(1e-3f));

            try (var pass = pass(decoder, Optional.of("voice"), 2)) {
                for (int i = READ; i < TEXT.length; i++) {
                    assertClose(pass.next(TEXT[i]), expected[i], 1e-4);
                }
            }
        }
    }

    @Test
    void inBfloat16ItIsAsNearToFloat32AsTheWholeModelIs() {
        var bfloat16 = new Placement(Device.CPU, Precision.BFLOAT16);
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true);
                var exact = Decoder.open(TinyModels.folder("qwen3"), FLOAT32, Decoder.Storage.PLAIN);
                var decoder = Decoder.open(TinyModels.folder("qwen3"), bfloat16, Decoder.Storage.PLAIN)) {
            var ids = Tensor.create(TEXT, 1, TEXT.length);
            var expected = logits(exact.forward(ids, Routing.BASE));
            var whole = logits(decoder.forward(ids, Routing.BASE));
            double wholeError = 0;
            double error = 0;
            try (var pass = pass(decoder, Optional.empty(), 2)) {
                for (int i = READ; i < TEXT.length; i++) {
                    error += distance(pass.next(TEXT[i]), expected[i]);
                    wholeError += distance(whole[i], expected[i]);
                }
            }
            assertThat(error).isPositive().isLessThan(2 * wholeError);
        }
    }

    @Test
    void aThreadThatFailsEndsThePassForAllInsteadOfLeavingThemWaiting() {
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true);
                var decoder = Decoder.open(TinyModels.folder("llama3"), FLOAT32, Decoder.Storage.PLAIN)) {
            try (var pass = pass(decoder, Optional.empty(), 3)) {
                for (int i = READ; i < TEXT.length; i++) {
                    pass.next(TEXT[i]);
                }
                // Beyond what it has room for.
                assertThatThrownBy(() -> {
                            for (int i = 0; i < TEXT.length; i++) {
                                pass.next(TEXT[i]);
                            }
                        })
                        .isInstanceOf(RuntimeException.class);
            }
        }
    }

    private static TokenPass pass(Decoder decoder, Optional<String> adapter, int threads) {
        var keys = new ArrayList<KeyValues.Pair>();
        KeyValues remembering = (layer, newKeys, newValues) -> {
            var pair = new KeyValues.Pair(newKeys, newValues);
            keys.add(pair);
            return pair;
        };
        var routing = adapter.map(Routing::through).orElse(Routing.BASE);
        var x = decoder.embed(Tensor.create(Arrays.copyOf(TEXT, READ), 1, READ));
        var positions = Positions.causal(decoder.config(), decoder.placement(), READ);
        for (int i = 0; i < decoder.blocks(); i++) {
            x = decoder.block(i, x, positions, remembering, routing);
        }
        return new TokenPass(
                decoder, adapter, TokenPass.memories(decoder, keys::get, TEXT.length), READ, TEXT.length, threads);
    }

    private static float[][] logits(Tensor tensor) {
        int vocabulary = (int) tensor.size(2);
        var all = LinearShare.floats(tensor);
        var rows = new float[(int) tensor.size(1)][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(all, i * vocabulary, (i + 1) * vocabulary);
        }
        return rows;
    }

    private static void assertClose(float[] actual, float[] expected, double offset) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], Offset.offset(offset));
        }
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }
}
