package dev.tandem.decoder.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.TinyModels;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
    private static final Placement PLACEMENT = Placement.best(Precision.FLOAT32);

    /** Only its ends and its decoding matter: the tiny models all have its vocabulary. */
    private static final Tokenizer TOKENIZER = Tokenizer.open(TinyModels.folder("qwen2"));

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"llama2", "llama3", "mistral", "qwen2", "qwen2-window", "qwen3", "smollm3", "gemma2", "gemma3"})
    void rememberedKeysChangeNothingAndRowsOfABatchDoNotSeeEachOther(String model) {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder(model), PLACEMENT, Decoder.Storage.PLAIN)) {
            var generator = new Generator(decoder, TOKENIZER, Map.of());
            var requests =
                    List.of(request(Optional.empty(), 30, 31, 32, 33, 34, 35, 36), request(Optional.empty(), 50, 51));

            var together = generator.generate(requests, (number, more) -> {}, () -> false);

            for (int i = 0; i < 2; i++) {
                var alone = generator.generate(List.of(requests.get(i)), (number, more) -> {}, () -> false);
                assertThat(together.get(i)).isEqualTo(alone.getFirst());
                assertThat(alone.getFirst().text())
                        .isEqualTo(withoutCache(
                                decoder,
                                requests.get(i).prompt(),
                                alone.getFirst().tokens()));
            }
        }
    }

    /** Sixteen rows are more than one pass takes; each alone is not. */
    @ParameterizedTest
    @ValueSource(strings = {"llama3", "qwen2-window", "gemma3"})
    void longPromptsAreReadInPartsWithoutAnyDifference(String model) {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder(model), PLACEMENT, Decoder.Storage.PLAIN)) {
            var generator = new Generator(decoder, TOKENIZER, Map.of());
            var random = new Random(3);
            var requests = IntStream.range(0, 16)
                    .mapToObj(row -> request(
                            Optional.empty(),
                            random.ints(row == 0 ? 110 : 20 + row * 5, 5, 90).toArray()))
                    .toList();

            var together = generator.generate(requests, (number, more) -> {}, () -> false);

            for (int i = 0; i < requests.size(); i++) {
                assertThat(generator.generate(List.of(requests.get(i)), (number, more) -> {}, () -> false))
                        .containsExactly(together.get(i));
            }
        }
    }

    @Test
    void rowsEndEachByThemselves() {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder("qwen2"), PLACEMENT, Decoder.Storage.PLAIN)) {
            var generator = new Generator(decoder, TOKENIZER, Map.of());
            var requests = List.of(
                    request(Optional.empty(), 30, 31, 32),
                    new Generator.Request(
                            new int[] {50, 51}, Optional.empty(), new Sampling(0, 0, 1, 0, 1, 3, List.of(), 0)),
                    request(Optional.empty(), 40, 41));
            var ended = new ArrayList<Integer>();

            var generations = generator.generate(
                    requests,
                    new Generator.Listener() {
                        @Override
                        public void text(int request, String more) {}

                        @Override
                        public void ended(int request, Generator.Generation generation) {
                            ended.add(request);
                        }

                        @Override
                        public boolean wanted(int request) {
                            return request != 0;
                        }
                    },
                    () -> false);

            assertThat(ended).containsExactly(0, 1, 2);
            assertThat(generations.get(0)).isEqualTo(new Generator.Generation("", 0, Generator.Ending.CANCELLED));
            assertThat(generations.get(1).ending()).isEqualTo(Generator.Ending.LENGTH);
            assertThat(generations.get(2))
                    .isEqualTo(generator
                            .generate(requests.subList(2, 3), (number, more) -> {}, () -> false)
                            .getFirst());
        }
    }

    /** The likeliest tokens, each by a pass over everything. */
    private static String withoutCache(Decoder decoder, int[] prompt, int count) {
        var ids = java.util.Arrays.copyOf(
                java.util.Arrays.stream(prompt).asLongStream().toArray(), prompt.length + count);
        for (int at = prompt.length; at < ids.length; at++) {
            var logits = decoder.forward(
                    Tensor.create(java.util.Arrays.copyOf(ids, at), 1, at), dev.tandem.decoder.model.Routing.BASE);
            ids[at] = logits.select(1, at - 1).argmax().item_long();
        }
        return TOKENIZER.decode(java.util.Arrays.stream(ids)
                .skip(prompt.length)
                .mapToInt(id -> (int) id)
                .toArray());
    }

    @Test
    void adaptersMixInOneBatch() {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder("qwen2"), PLACEMENT, Decoder.Storage.PLAIN);
                var dora = Adapter.attach(adapter("dora"), "dora", decoder);
                var other = Adapter.attach(adapter("rslora-patterns"), "other", decoder)) {
            var generator = new Generator(decoder, TOKENIZER, Map.of("dora", dora, "other", other));
            var requests = List.of(
                    request(Optional.of("dora"), 30, 31, 32),
                    request(Optional.empty(), 30, 31, 32),
                    request(Optional.of("other"), 40, 41));

            var mixed = generator.generate(requests, (number, more) -> {}, () -> false);

            for (int i = 0; i < 3; i++) {
                assertThat(mixed.get(i))
                        .isEqualTo(generator
                                .generate(List.of(requests.get(i)), (number, more) -> {}, () -> false)
                                .getFirst());
            }
            assertThat(mixed.get(0)).isNotEqualTo(mixed.get(1));
            assertThatThrownBy(() -> generator.generate(
                            List.of(request(Optional.of("third"), 30)), (number, more) -> {}, () -> false))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("third");
        }
    }

    @Test
    void virtualTokensStandBeforeThePrompt() {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder("llama2"), PLACEMENT, Decoder.Storage.PLAIN);
                var prompt = Adapter.attach(adapter("prompt"), "p", decoder)) {
            var generator = new Generator(decoder, TOKENIZER, Map.of("p", prompt));
            var requests = List.of(
                    request(Optional.of("p"), 30, 31, 32), request(Optional.empty(), 30, 31, 32, 33, 34, 35, 36));

            var mixed = generator.generate(requests, (number, more) -> {}, () -> false);

            assertThat(mixed.get(0))
                    .isEqualTo(generator
                            .generate(requests.subList(0, 1), (number, more) -> {}, () -> false)
                            .getFirst());
            assertThat(mixed.get(1))
                    .isEqualTo(generator
                            .generate(requests.subList(1, 2), (number, more) -> {}, () -> false)
                            .getFirst());
        }
    }

    @Test
    void theStreamIsTheTextAndStopsEndIt() {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder("qwen3"), PLACEMENT, Decoder.Storage.PLAIN)) {
            var generator = new Generator(decoder, TOKENIZER, Map.of());
            int seed = 0;
            String whole;
            do {
                seed++;
                var streamed = new StringBuilder();
                whole = sampled(generator, seed, List.of(), streamed).text();
                assertThat(streamed).hasToString(whole);
            } while (whole.length() < 12);

            var stop = whole.substring(5, 8);
            var stopped = new StringBuilder();
            var cut = sampled(generator, seed, List.of(stop), stopped);
            assertThat(cut.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
            assertThat(stopped).hasToString(cut.text());
            assertThat(cut.ending()).isEqualTo(Generator.Ending.STOP);
        }
    }

    private static Generator.Generation sampled(
            Generator generator, long seed, List<String> stops, StringBuilder streamed) {
        var sampling = new Sampling(1.5, 0, 1, 0, 1, 40, stops, seed);
        return generator
                .generate(
                        List.of(new Generator.Request(new int[] {30, 31}, Optional.empty(), sampling)),
                        (number, more) -> streamed.append(more),
                        () -> false)
                .getFirst();
    }

    @Test
    void aTextThatDoesNotFitIsRefused() {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(TinyModels.folder("llama2"), PLACEMENT, Decoder.Storage.PLAIN)) {
            var generator = new Generator(decoder, TOKENIZER, Map.of());
            assertThatThrownBy(() -> generator.generate(
                            List.of(new Generator.Request(new int[100], Optional.empty(), Sampling.GREEDY)),
                            (number, more) -> {},
                            () -> false))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("128");
        }
    }

    @Test
    void whatIsLeftOutIsNeverDrawn() {
        var random = new Random(5);
        for (int round = 0; round < 200; round++) {
            var logits = new float[50];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) (3 * random.nextGaussian());
            }
            var sorted = logits.clone();
            java.util.Arrays.sort(sorted);
            int token = new Sampler(new Sampling(2, 5, 1, 0, 1, 9, List.of(), round), new int[0]).next(logits.clone());
            assertThat(logits[token]).isGreaterThanOrEqualTo(sorted[45]);
            token = new Sampler(new Sampling(1, 0, 1, 0.5, 1, 9, List.of(), round), new int[0]).next(logits.clone());
            assertThat(Math.exp(logits[token] - sorted[49])).isGreaterThanOrEqualTo(0.5);
            token = new Sampler(new Sampling(1, 0, 1e-9, 0, 1, 9, List.of(), round), new int[0]).next(logits.clone());
            assertThat(logits[token]).isEqualTo(sorted[49]);
        }
    }

    private static Generator.Request request(Optional<String> adapter, int... prompt) {
        return new Generator.Request(prompt, adapter, new Sampling(0, 0, 1, 0, 1, 15, List.of(), 0));
    }

    private static Path adapter(String name) {
        return Path.of("src/test/resources/adapters").resolve(name);
    }
}
