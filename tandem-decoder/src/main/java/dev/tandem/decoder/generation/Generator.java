package dev.tandem.decoder.generation;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.constraint.Constraint;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Positions;
import dev.tandem.decoder.model.Routing;
import dev.tandem.decoder.model.TokenPass;
import dev.tandem.decoder.torch.Device;
import dev.tandem.decoder.torch.SmallWork;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Prompts to texts: all prompts of a batch in one pass, then a token a row a pass, with keys and values remembered. Rows may
 * go through different adapters. To be used on one platform thread, which also closes the decoder.
 */
public final class Generator {
    /** Tokens of all rows that one pass takes in at most: what attention needs at once grows with it. */
    private static final int TOKENS_A_PASS = 1024;

    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final Map<String, Adapter> adapters;

    /**
     * What is to be continued.
     *
     * @param prompt its tokens, at least one
     * @param adapter the name of the adapter it goes through; none for the base
     * @param constraint what the text must be; none for any text
     */
    public record Request(int[] prompt, Optional<String> adapter, Sampling sampling, Optional<Constraint> constraint) {
        /** Any text. */
        public Request(int[] prompt, Optional<String> adapter, Sampling sampling) {
            this(prompt, adapter, sampling, Optional.empty());
        }
    }

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
        /** The model ended it, a stop text came, or its constraint lets nothing follow. */
        STOP,
        /** The most tokens were reached. */
        LENGTH,
        /** Somebody asked for it. */
        CANCELLED
    }

    /** Who is told of new text as it comes, in whole characters. Requests are numbered as they were given. */
    @FunctionalInterface
    public interface Listener {
        void text(int request, String more);

        /** A request has ended; others of the batch may go on. */
        default void ended(int request, Generation generation) {}

        /** Asked before each token: whether the request is still to be continued. */
        default boolean wanted(int request) {
            return true;
        }
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
        rows.forEach(Row::checkLength);
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true);
                var cache = new KeyValueCache(decoder.config(), decoder.placement(), rows.size(), longest + most)) {
            var padding =
                    rows.stream().mapToInt(row -> longest - row.promptLength()).toArray();
            var slots = Arrays.stream(padding).allMatch(each -> each == 0) ? new int[1] : padding;
            var routing = routing(requests);
            var logits = readPrompts(rows, longest, cache, slots, routing, cancelled);
            var alone = rows.size() == 1 && !cancelled.getAsBoolean()
                    ? TokenPass.after(decoder, routing, cache::read, longest, longest + most)
                    : Optional.<TokenPass>empty();
            if (alone.isPresent()) {
                try (var pass = alone.get()) {
                    goOn(rows, logits, ids -> new float[][] {pass.next(ids[0])}, cancelled);
                }
            } else {
                goOn(rows, logits, ids -> pass(() -> embedded(ids), cache, slots, 1, routing), cancelled);
            }
            return rows.stream().map(Row::generation).toList();
        }
    }

    /** A token a row a pass, until all rows have ended. */
    private static void goOn(
            List<Row> rows, float[][] first, Function<long[], float[][]> pass, BooleanSupplier cancelled) {
        var logits = first;
        while (!cancelled.getAsBoolean()) {
            var ids = new long[rows.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = rows.get(i).next(logits[i]);
            }
            if (rows.stream().allMatch(row -> row.ending.isPresent())) {
                return;
            }
            logits = pass.apply(ids);
        }
    }

    private Tensor embedded(long[] ids) {
        return decoder.embed(Tensor.create(ids, ids.length, 1).to(device(), ScalarType.Long));
    }

    /** All prompts into the cache; the logits behind them. */
    private float[][] readPrompts(
            List<Row> rows,
            int longest,
            KeyValueCache cache,
            int[] padding,
            Routing routing,
            BooleanSupplier cancelled) {
        int most = Math.max(1, TOKENS_A_PASS / rows.size());
        try (var scope = new PointerScope()) {
            var prompts = prompts(rows, longest);
            while (true) {
                int from = cache.used();
                int positions = Math.min(most, longest - from);
                var logits = pass(() -> prompts.narrow(1, from, positions), cache, padding, positions, routing);
                if (cache.used() == longest || cancelled.getAsBoolean()) {
                    return logits;
                }
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
        if (cache.rows() * positions == 1 && decoder.placement().device() == Device.CPU) {
            try (var small = new SmallWork()) {
                return forward(input, cache, padding, positions, routing);
            }
        }
        return forward(input, cache, padding, positions, routing);
    }

    private float[][] forward(
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
        private final int number;
        private final Request request;
        private final Listener listener;
        private final int virtualTokens;
        private final Sampler sampler;
        private final Optional<Constraint.Progress> progress;
        private final TextStream stream;
        private int count;
        private Optional<Ending> ending = Optional.empty();

        Row(int number, Request request, Listener listener) {
            this.number = number;
            this.request = request;
            this.listener = listener;
            if (request.prompt().length == 0) {
                throw new MendableException("A prompt is empty: give it some text.");
            }
            decoder.requireTokens(Arrays.stream(request.prompt()).asLongStream());
            sampler = new Sampler(request.sampling(), request.prompt());
            progress = request.constraint().map(Constraint::begin);
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

        void checkLength() {
            int most = request.sampling().maxTokens();
            int context = decoder.config().context();
            if (promptLength() + most > context) {
                throw new MendableException("The prompt has " + promptLength() + " tokens and up to " + most
                        + " new ones were asked for, but the model's context is " + context
                        + ": shorten the prompt or lower --max-tokens.");
            }
        }

        /** Takes in the next token; a row that has ended repeats anything, which nobody sees. */
        int next(float[] logits) {
            if (ending.isEmpty() && !listener.wanted(number)) {
                end(Ending.CANCELLED);
            }
            if (ending.isPresent()) {
                return 0;
            }
            progress.ifPresent(way -> way.restrict(logits));
            int token = sampler.next(logits);
            count++;
            if (tokenizer.ends().contains(token)) {
                stream.end();
                end(Ending.STOP);
                return token;
            }
            progress.ifPresent(way -> way.accept(token));
            if (stream.add(token)) {
                end(Ending.STOP);
            } else if (progress.isPresent() && progress.get().finished()) {
                stream.end();
                end(Ending.STOP);
            } else if (count == request.sampling().maxTokens()) {
                stream.end();
                end(Ending.LENGTH);
            }
            return token;
        }

        private void end(Ending why) {
            ending = Optional.of(why);
            listener.ended(number, generation());
        }

        Generation generation() {
            return new Generation(stream.text(), count, ending.orElse(Ending.CANCELLED));
        }
    }
}
