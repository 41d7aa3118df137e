package dev.tandem.decoder.generation;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Positions;
import dev.tandem.decoder.model.Routing;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Prompts to texts: all prompts of a batch in one pass, then a token a row a pass, with keys and values remembered. Rows may
 * go through different adapters. To be used on one platform thread, which also closes the decoder.
 */
public final class Generator {
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final Map<String, Adapter> adapters;

    /**
     * What is to be continued.
     *
     * @param prompt its tokens, at least one
     * @param adapter the name of the adapter it goes through; none for the base
     */
    public record Request(int[] prompt, Optional<String> adapter, Sampling sampling) {}

    /**
     * What came of a request.
     *
     * @param text without special tokens, up to a stop
     * @param tokens how many were generated, the one that ends included
     * @param ending why it ended
     */
    public record Generation(String text, int tokens, Ending ending) {}

    /** Why a text ended. */
    public enum Ending {
        /** The model ended it, or a stop text came. */
        STOP,
        /** The most tokens were reached. */
        LENGTH,
        /** Somebody asked for it. */
        CANCELLED
    }

    /** Who is told of new text as it comes, in whole characters. */
    @FunctionalInterface
    public interface Listener {
        void text(int request, String more);
    }

    /**
     * Makes a generator.
     *
     * @param adapters those attached to the decoder, by the names that requests call them
     */
    public Generator(Decoder decoder, Tokenizer tokenizer, Map<String, Adapter> adapters) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.adapters = Map.copyOf(adapters);
    }

    /**
     * Continues all requests at once.
     *
     * @throws MendableException if a prompt and its new tokens are longer than the model's context
     */
    public List<Generation> generate(List<Request> requests, Listener listener, BooleanSupplier cancelled) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < requests.size(); i++) {
            rows.add(new Row(i, requests.get(i), listener));
        }
        int longest = rows.stream().mapToInt(Row::promptLength).max().orElseThrow();
        int most = requests.stream()
                .mapToInt(request -> request.sampling().maxTokens())
                .max()
                .orElseThrow();
        if (longest + most > decoder.config().context()) {
            throw new MendableException("The prompt has " + longest + " tokens and up to " + most
                    + " new ones were asked for, but the model's context is "
                    + decoder.config().context()
                    + ": shorten the prompt or lower --max-tokens.");
        }
        GradMode.set_enabled(false);
        try (var scope = new PointerScope();
                var cache = new KeyValueCache(decoder.config(), decoder.placement(), rows.size(), longest + most)) {
            var padding =
                    rows.stream().mapToInt(row -> longest - row.promptLength()).toArray();
            boolean alike = Arrays.stream(padding).allMatch(slots -> slots == 0);
            var routing = routing(requests);
            var logits = pass(() -> prompts(rows, longest), cache, alike ? new int[1] : padding, longest, routing);
            while (true) {
                var ids = new long[rows.size()];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = rows.get(i).next(logits[i]);
                }
                boolean cancel = cancelled.getAsBoolean();
                if (cancel || rows.stream().allMatch(row -> row.ending.isPresent())) {
                    return rows.stream().map(Row::generation).toList();
                }
                logits = pass(
                        () -> decoder.embed(Tensor.create(ids, ids.length, 1).to(device(), ScalarType.Long)),
                        cache,
                        alike ? new int[1] : padding,
                        1,
                        routing);
            }
        }
    }

    private org.bytedeco.pytorch.Device device() {
        return new org.bytedeco.pytorch.Device(decoder.placement().deviceType());
    }

    private Routing routing(List<Request> requests) {
        var names = requests.stream()
                .map(request -> request.adapter().filter(name -> !virtual(name)))
                .toList();
        var distinct = names.stream().distinct().toList();
        if (distinct.size() > 1) {
            return new Routing.PerRow(names);
        }
        return distinct.getFirst().map(Routing::through).orElse(Routing.BASE);
    }

    private boolean virtual(String name) {
        var adapter = adapters.get(name);
        if (adapter == null) {
            throw new MendableException(
                    "There is no adapter " + name + " here; there are: " + String.join(", ", adapters.keySet()) + ".");
        }
        return adapter.prompt().isPresent();
    }

    /** All prompts, each at the end of its row. */
    private Tensor prompts(List<Row> rows, int longest) {
        var vectors = new TensorVector();
        for (var row : rows) {
            var ids = new long[longest - row.virtualTokens];
            int padding = longest - row.promptLength();
            for (int i = 0; i < row.request.prompt().length; i++) {
                ids[padding + i] = row.request.prompt()[i];
            }
            var tokens = decoder.embedding(Tensor.create(ids, ids.length).to(device(), ScalarType.Long));
            var prompt = row.request.adapter().map(adapters::get).flatMap(Adapter::prompt);
            vectors.push_back(
                    prompt.isEmpty()
                            ? tokens
                            : torch.cat(
                                    new TensorVector(
                                            tokens.narrow(0, 0, padding),
                                            prompt.get().to(tokens.scalar_type().intern()),
                                            tokens.narrow(0, padding, ids.length - padding)),
                                    0));
        }
        return decoder.scaled(torch.stack(vectors, 0));
    }

    /** The logits behind the last position of each row. */
    private float[][] pass(
            java.util.function.Supplier<Tensor> input,
            KeyValueCache cache,
            int[] padding,
            int positions,
            Routing routing) {
        try (var scope = new PointerScope()) {
            var x = input.get();
            var places = Positions.continued(decoder.config(), decoder.placement(), padding, cache.used(), positions);
            for (int i = 0; i < decoder.blocks(); i++) {
                x = decoder.block(i, x, places, cache, routing);
            }
            cache.advance(positions);
            var last = decoder.logits(decoder.finish(x.narrow(1, positions - 1, 1)))
                    .to(new org.bytedeco.pytorch.Device("cpu"), ScalarType.Float)
                    .contiguous();
            var memory = new FloatPointer(last.data_ptr_float());
            var logits = new float[(int) last.size(0)][(int) last.size(2)];
            for (int row = 0; row < logits.length; row++) {
                memory.position((long) row * logits[row].length).get(logits[row]);
            }
            return logits;
        }
    }

    /** One request on its way. */
    private final class Row {
        private final Request request;
        private final int virtualTokens;
        private final Sampler sampler;
        private final TextStream stream;
        private int count;
        private Optional<Ending> ending = Optional.empty();

        Row(int number, Request request, Listener listener) {
            this.request = request;
            if (request.prompt().length == 0) {
                throw new MendableException("A prompt is empty: give it some text.");
            }
            decoder.requireTokens(Arrays.stream(request.prompt()).asLongStream());
            sampler = new Sampler(request.sampling(), request.prompt());
            stream = new TextStream(tokenizer, request.sampling().stops(), more -> listener.text(number, more));
            virtualTokens = request.adapter()
                    .map(adapters::get)
                    .flatMap(Adapter::prompt)
                    .map(vectors -> (int) vectors.size(0))
                    .orElse(0);
        }

        int promptLength() {
            return request.prompt().length + virtualTokens;
        }

        /** Takes in the next token; a row that has ended repeats anything, which nobody sees. */
        int next(float[] logits) {
            if (ending.isPresent()) {
                return 0;
            }
            int token = sampler.next(logits);
            count++;
            if (tokenizer.ends().contains(token)) {
                stream.end();
                ending = Optional.of(Ending.STOP);
            } else if (stream.add(token)) {
                ending = Optional.of(Ending.STOP);
            } else if (count == request.sampling().maxTokens()) {
                stream.end();
                ending = Optional.of(Ending.LENGTH);
            }
            return token;
        }

        Generation generation() {
            return new Generation(stream.text(), count, ending.orElse(Ending.CANCELLED));
        }
    }
}
