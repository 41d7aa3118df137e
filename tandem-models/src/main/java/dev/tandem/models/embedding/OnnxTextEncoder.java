package dev.tandem.models.embedding;

import dev.tandem.foundation.WellFormedText;
import dev.tandem.models.onnx.OnnxNetwork;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A BERT-style sentence encoder run in this process by ONNX Runtime; vectors of unit length.
 *
 * <p>Safe for use by many threads. Native memory is owned by this object and freed by {@link #close()}, but for the bundled encoder's,
 * which stays as long as the process.
 */
public final class OnnxTextEncoder implements TextEncoder {
    /** Longest input of a BERT encoder, {@code [CLS]} and {@code [SEP]} included. */
    private static final int WINDOW = 512;

    private static final int SPECIAL_TOKENS = 2;

    private static Optional<OnnxTextEncoder> loaded = Optional.empty();

    private final Shape shape;
    private final OnnxNetwork network;
    private final TokenCounter counter;

    /** How token states become a text's vector. */
    enum Pooling {
        /** The state of the first token, {@code [CLS]}. */
        FIRST,
        /** The mean of all. */
        MEAN
    }

    /**
     * What is particular to a model.
     *
     * @param window longest input in tokens, special ones included
     * @param keepsTokens whether its token vectors are handed on: they are compressed around the bundled model's mean
     */
    private record Shape(
            String id,
            int dimension,
            int window,
            Pooling pooling,
            String questionPrefix,
            String passagePrefix,
            boolean keepsTokens) {}

    /**
     * The encoder that Tandem ships: bge-small-en-v1.5, 384 numbers, the int8 file inside LangChain4j's artifact. It is loaded once in a
     * process and stays: each call gives a share in it, which is closed for itself.
     */
    public static synchronized OnnxTextEncoder bundled() {
        var whole = loaded.orElseGet(OnnxTextEncoder::load);
        loaded = Optional.of(whole);
        return new OnnxTextEncoder(whole.shape, whole.network.share(), whole.counter);
    }

    private static OnnxTextEncoder load() {
        return new OnnxTextEncoder(
                new Shape(
                        "bge-small-en-v1.5-q",
                        384,
                        WINDOW,
                        Pooling.FIRST,
                        "Represent this sentence for searching relevant passages: ",
                        "",
                        true),
                (environment, options) ->
                        environment.createSession(BundledModel.bytes("bge-small-en-v1.5-q.onnx"), options),
                BundledModel.bytes("bge-small-en-v1.5-q-tokenizer.json"));
    }

    /**
     * A sentence encoder of one's own, from its folder.
     *
     * @param questionPrefix put before each question in place of what the folder says, unless empty
     * @param passagePrefix the same for passages
     * @throws dev.tandem.foundation.MendableException if the folder holds none
     */
    public static OnnxTextEncoder of(Path folder, String questionPrefix, String passagePrefix) {
        var model = SentenceEncoderFolder.read(folder);
        return new OnnxTextEncoder(
                new Shape(
                        model.files().id(),
                        model.dimension(),
                        model.files().window(),
                        model.pooling(),
                        questionPrefix.isEmpty() ? model.questionPrefix() : questionPrefix,
                        passagePrefix.isEmpty() ? model.passagePrefix() : passagePrefix,
                        false),
                model.files().source(),
                model.files().tokenizer());
    }

    /** The id that an encoder of a folder has, without loading it. */
    public static String idOf(Path folder) {
        return SentenceEncoderFolder.read(folder).files().id();
    }

    private OnnxTextEncoder(Shape shape, OnnxNetwork.Source source, byte[] tokenizerFile) {
        this.shape = shape;
        network = new OnnxNetwork(
                shape.id(), source, () -> OnnxNetwork.tokenizer(tokenizerFile, "LONGEST_FIRST", true, shape.window()));
        // BERT's own way of cutting, of which the bundled model is: no token reaches over white space.
        counter = new TokenCounter(
                () -> network.own(OnnxNetwork.tokenizer(tokenizerFile, "DO_NOT_TRUNCATE", false, shape.window())),
                shape.keepsTokens());
    }

    private OnnxTextEncoder(Shape shape, OnnxNetwork network, TokenCounter counter) {
        this.shape = shape;
        this.network = network;
        this.counter = counter;
    }

    @Override
    public String id() {
        return shape.id();
    }

    @Override
    public int dimension() {
        return shape.dimension();
    }

    @Override
    public int maxTokens() {
        return shape.window() - SPECIAL_TOKENS;
    }

    @Override
    public int countTokens(String text) {
        return network.using(() -> counter.count(text));
    }

    @Override
    public List<Encoding> encodePassages(List<String> texts) {
        return network.all(texts.stream()
                .map(text -> (Callable<Encoding>) () -> encode(
                        shape.passagePrefix() + text, shape.passagePrefix().length()))
                .toList());
    }

    @Override
    public Encoding encodeQuestion(String text) {
        return encode(shape.questionPrefix() + text, shape.questionPrefix().length());
    }

    /** Runs the network on one text; tokens that begin before {@code skippedChars} (the prefix) are left out. */
    private Encoding encode(String text, int skippedChars) {
        return network.using(() -> run(text, skippedChars));
    }

    private Encoding run(String text, int skippedChars) {
        // The native library takes half a surrogate pair for three characters, which would displace every token behind
        // it.
        var tokens = network.tokenizer().encode(WellFormedText.of(text));
        return network.run(
                tokens,
                states -> new Encoding(
                        pooled(states, tokens.getIds().length),
                        shape.keepsTokens() ? tokenVectors(text, tokens, states, skippedChars) : TokenVectors.NONE));
    }

    /** A text's vector from the states of its tokens, of which each run has one text's and no padding. */
    private float[] pooled(FloatBuffer states, int tokens) {
        if (shape.pooling() == Pooling.FIRST) {
            return row(states, 0);
        }
        var sum = new float[shape.dimension()];
        var state = new float[shape.dimension()];
        for (int token = 0; token < tokens; token++) {
            states.get(token * sum.length, state);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += state[i];
            }
        }
        return ofUnitLength(sum);
    }

    private TokenVectors tokenVectors(
            String text, ai.djl.huggingface.tokenizers.Encoding tokens, FloatBuffer states, int skippedChars) {
        var spans = tokens.getCharTokenSpans();
        var ids = tokens.getIds();
        var chars = new CodePointOffsets(text);
        int kept = 0;
        for (var span : spans) {
            if (span != null && chars.charOffset(span.getStart()) >= skippedChars) {
                kept++;
            }
        }
        var keptIds = new long[kept];
        var starts = new int[kept];
        var ends = new int[kept];
        var vectors = new float[kept][];
        int next = 0;
        for (int token = 0; token < spans.length; token++) {
            var span = spans[token];
            if (span == null || chars.charOffset(span.getStart()) < skippedChars) {
                continue;
            }
            keptIds[next] = ids[token];
            starts[next] = chars.charOffset(span.getStart()) - skippedChars;
            ends[next] = chars.charOffset(span.getEnd()) - skippedChars;
            vectors[next] = row(states, token);
            next++;
        }
        return new TokenVectors(keptIds, starts, ends, vectors);
    }

    /** One token's state, scaled to unit length. */
    private float[] row(FloatBuffer states, int token) {
        var vector = new float[shape.dimension()];
        states.get(token * vector.length, vector);
        return ofUnitLength(vector);
    }

    private static float[] ofUnitLength(float[] vector) {
        int dimension = vector.length;
        // Two sums, because one would make each addition wait for the one before.
        double even = 0;
        double odd = 0;
        for (int i = 0; i + 1 < dimension; i += 2) {
            even += (double) vector[i] * vector[i];
            odd += (double) vector[i + 1] * vector[i + 1];
        }
        double squares = even + odd;
        float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < dimension; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    @Override
    public void close() {
        network.close();
    }

    /** The tokenizer counts code points, Java counts chars; they differ only in texts with surrogate pairs. */
    private static final class CodePointOffsets {
        private final int[] offsets;

        CodePointOffsets(String text) {
            int codePoints = text.codePointCount(0, text.length());
            if (codePoints == text.length()) {
                offsets = new int[0];
                return;
            }
            offsets = new int[codePoints + 1];
            for (int i = 0, at = 0; i < codePoints; i++) {
                offsets[i] = at;
                at += Character.charCount(text.codePointAt(at));
            }
            offsets[codePoints] = text.length();
        }

        int charOffset(int codePoint) {
            return offsets.length == 0 ? codePoint : offsets[codePoint];
        }
    }
}
