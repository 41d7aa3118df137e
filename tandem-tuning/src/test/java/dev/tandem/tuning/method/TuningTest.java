package dev.tandem.tuning.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Routing;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.tuning.dataset.Batch;
import dev.tandem.tuning.dataset.TokenExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TuningTest {
    private static final Placement PLACEMENT = Placement.best(Precision.FLOAT32);
    private static final int END = 2;

    /** Three examples whose last tokens, the end among them, are learned. */
    private static final List<TokenExample> EXAMPLES = List.of(
            example(3, 17, 40, 8, 55, 21, 90, END), example(2, 9, 33, 70, END), example(3, 60, 61, 62, 11, 5, END));

    @AfterEach
    void gradientsAreOnForNobodyElse() {
        GradMode.set_enabled(true);
    }

    /** The methods, each as it is set up. */
    enum Method {
        FULL(0.01, 0.01, decoder -> new FullTuning(decoder, false)),
        LORA(0.05, 0.25, decoder -> new LoraTuning(decoder, settings(0, false), 1, false)),
        DORA(0.05, 0.25, decoder -> new LoraTuning(decoder, settings(0, true), 1, false)),
        // The model behind is random: a few vectors before the text cannot make it say everything.
        PROMPT(0.1, 0.35, decoder -> new PromptTuning(decoder, false, new long[] {7, 8, 9, 10, 11, 12, 13, 14}));

        private final double learningRate;
        private final double lossLeft;

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Function<Decoder, Tuning> maker;

        Method(double learningRate, double lossLeft, Function<Decoder, Tuning> maker) {
            this.learningRate = learningRate;
            this.lossLeft = lossLeft;
            this.maker = maker;
        }
    }

    private static LoraSettings settings(double dropout, boolean magnitudes) {
        return new LoraSettings(8, 16, dropout, false, magnitudes, List.of());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void packedExamplesGiveTheLossAndTheGradientsOfExamplesAlone(Method method) {
        try (var scope = new PointerScope();
                var decoder = open("qwen2");
                var tuning = method.maker.apply(decoder)) {
            disturb(tuning);
            double alone = 0;
            for (var example : EXAMPLES) {
                alone += tuning.step(Batch.pack(List.of(example), 32), 0.25, 5);
            }
            var expected = takeGradients(tuning);

            double packed = tuning.step(Batch.pack(EXAMPLES, 16), 0.25, 5);

            assertThat(packed).isCloseTo(alone, within(1e-4));
            assertThat(tuning.loss(Batch.pack(EXAMPLES, 16)) * 0.25).isCloseTo(alone, within(1e-4));
            var actual = takeGradients(tuning);
            assertThat(actual).hasSameSizeAs(tuning.trained());
            actual.forEach((name, gradient) ->
                    assertThat(distance(gradient, of(expected, name))).as(name).isLessThan(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama2", "mistral", "gemma3"})
    void gradientsAreThoseOfPlainBackPropagation(String model) {
        try (var scope = new PointerScope();
                var decoder = open(model);
                var tuning = new LoraTuning(decoder, settings(0, false), 3, false)) {
            disturb(tuning);
            var example = EXAMPLES.getFirst();
            var batch = Batch.pack(List.of(example), 32);
            double loss = tuning.step(batch, 1, 0);
            var actual = takeGradients(tuning);

            GradMode.set_enabled(true);
            var ids = Tensor.create(batch.ids()[0], 1, batch.positions());
            var logits = decoder.forward(ids, Routing.through("in training")).squeeze(0);
            var targets = Tensor.create(batch.targets()[0]).to(logits.device(), torch.ScalarType.Long);
            var plain = torch.cross_entropy_loss(logits, targets, new TensorOptional(), 2, Batch.IGNORED, 0.0);
            plain.backward();

            assertThat(loss).isCloseTo(plain.item_double(), within(1e-4));
            var expected = takeGradients(tuning);
            actual.forEach((name, gradient) -> assertThat(distance(gradient, of(expected, name)))
                    .as(name)
                    .isLessThan(1e-4 * Math.max(1, of(expected, name).norm().item_double())));
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void examplesAreLearnedByHeartWithTheirEnds(Method method) {
        try (var scope = new PointerScope();
                var decoder = open("qwen2");
                var tuning = method.maker.apply(decoder);
                var optimizer = new AdamW(tuning.trained(), 0)) {
            var batch = Batch.pack(EXAMPLES.subList(0, method == Method.PROMPT ? 1 : 3), 16);
            double first = tuning.loss(batch);
            for (int step = 0; step < 200; step++) {
                tuning.step(batch, 1.0 / batch.learnedTokens(), step);
                optimizer.clip(1);
                optimizer.step(method.learningRate);
            }

            assertThat(tuning.loss(batch)).isLessThan(method.lossLeft * first);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rememberedActivationsGiveTheSameGradients(boolean full) {
        try (var scope = new PointerScope()) {
            var gradients = new ArrayList<Map<String, Tensor>>();
            for (boolean remember : new boolean[] {true, false}) {
                try (var decoder = open("qwen2");
                        var tuning = full
                                ? new FullTuning(decoder, remember)
                                : new LoraTuning(decoder, settings(0.3, true), 3, remember)) {
                    disturb(tuning);
                    tuning.step(Batch.pack(EXAMPLES, 16), 1, 4);
                    gradients.add(takeGradients(tuning));
                }
            }
            gradients
                    .get(0)
                    .forEach((name, gradient) -> assertThat(distance(gradient, of(gradients.get(1), name)))
                            .as(name)
                            .isLessThan(1e-4 * Math.max(1, gradient.norm().item_double())));
        }
    }

    @Test
    void aFreshAdapterChangesNothing() {
        try (var scope = new PointerScope();
                var decoder = open("llama3")) {
            var batch = Batch.pack(EXAMPLES, 32);
            double base = new BlockwiseBackward(decoder, false)
                    .loss(batch, () -> decoder.embed(Inputs.ids(batch, decoder)), Routing.BASE);
            for (boolean magnitudes : new boolean[] {false, true}) {
                try (var tuning = new LoraTuning(decoder, settings(0, magnitudes), 1, false)) {
                    assertThat(tuning.loss(batch)).isCloseTo(base, within(1e-3));
                }
            }
        }
    }

    @Test
    void droppedInputsAreTheSameWhenABlockRunsAgain() {
        try (var scope = new PointerScope();
                var decoder = open("llama2");
                var tuning = new LoraTuning(decoder, settings(0.5, false), 3, false)) {
            disturb(tuning);
            var batch = Batch.pack(EXAMPLES, 32);
            double first = tuning.step(batch, 1, 11);
            var gradients = takeGradients(tuning);

            assertThat(tuning.step(batch, 1, 11)).isEqualTo(first);
            takeGradients(tuning)
                    .forEach((name, gradient) -> assertThat(distance(gradient, of(gradients, name)))
                            .as(name)
                            .isZero());
            assertThat(tuning.step(batch, 1, 12)).isNotEqualTo(first);
        }
    }

    @Test
    void aFourBitBaseTrainsToo() {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(folder("llama2"), PLACEMENT, Decoder.Storage.NF4);
                var tuning = new LoraTuning(decoder, settings(0, false), 1, false);
                var optimizer = new AdamW(tuning.trained(), 0)) {
            var batch = Batch.pack(EXAMPLES, 32);
            double first = tuning.loss(batch);
            for (int step = 0; step < 60; step++) {
                tuning.step(batch, 1.0 / batch.learnedTokens(), step);
                optimizer.step(0.03);
            }
            assertThat(tuning.loss(batch)).isLessThan(0.3 * first);
        }
    }

    @Test
    void nativeMemoryStaysFlatOverManySteps() {
        try (var scope = new PointerScope();
                var decoder = open("llama2");
                var tuning = new LoraTuning(decoder, settings(0.1, false), 1, false);
                var optimizer = new AdamW(tuning.trained(), 0)) {
            var batch = Batch.pack(EXAMPLES, 32);
            long before = 0;
            for (int step = 0; step < 120; step++) {
                tuning.step(batch, 1, step);
                optimizer.clip(1);
                optimizer.step(0.001);
                tuning.loss(batch);
                before = step == 40 ? org.bytedeco.javacpp.Pointer.totalCount() : before;
            }
            assertThat(org.bytedeco.javacpp.Pointer.totalCount()).isLessThanOrEqualTo(before + 20);
        }
    }

    private static Decoder open(String model) {
        return Decoder.open(folder(model), PLACEMENT, Decoder.Storage.PLAIN);
    }

    private static Path folder(String model) {
        return Path.of("../tandem-decoder/src/test/resources/models").resolve(model);
    }

    private static TokenExample example(int prompt, int... ids) {
        var learned = new boolean[ids.length];
        for (int i = prompt; i < ids.length; i++) {
            learned[i] = true;
        }
        return new TokenExample(ids, learned);
    }

    /** Moves the weights off their beginnings, where B is zero and half of the gradients are. */
    private static void disturb(Tuning tuning) {
        GradMode.set_enabled(false);
        torch.manual_seed(9);
        tuning.trained()
                .values()
                .forEach(weight -> weight.add_(torch.randn_like(weight).mul_(new org.bytedeco.pytorch.Scalar(0.05))));
    }

    private static Map<String, Tensor> takeGradients(Tuning tuning) {
        var gradients = new LinkedHashMap<String, Tensor>();
        tuning.trained().forEach((name, weight) -> {
            if (weight.grad().defined()) {
                gradients.put(name, new Tensor(weight.grad()).clone());
                weight.mutable_grad().reset();
            }
        });
        return gradients;
    }

    private static Tensor of(Map<String, Tensor> gradients, String name) {
        return java.util.Objects.requireNonNull(gradients.get(name), name);
    }

    private static double distance(Tensor a, Tensor b) {
        return a.sub(b).norm().item_double();
    }
}
