package dev.tandem.models.embedding;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tandem.foundation.WellFormedText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A BERT-style sentence encoder run in this process by ONNX Runtime; CLS pooling, vectors of unit length.
 *
 * <p>Each text is its own run of the network. The bundled file is dynamically quantised: it scales activations over
 * everything in a run, so texts that share a run would leak into each other's vectors. Throughput comes from one run a
 * core, each on a single thread, which on a CPU is also the fastest way.
 *
 * <p>Safe for use by many threads. Native memory is owned by this object and freed by {@link #close()}.
 */
public final class OnnxTextEncoder implements TextEncoder {
    /** Longest input of a BERT encoder, {@code [CLS]} and {@code [SEP]} included. */
    private static final int WINDOW = 512;

    private static final int SPECIAL_TOKENS = 2;

    /** Words whose tokens are remembered; a language's frequent ones come early, so that a full table needs no cleaning. */
    private static final int KNOWN_WORDS = 50_000;

    private static final int KNOWN_WORD_CHARS = 24;

    private final String id;
    private final int dimension;
    private final String questionPrefix;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final byte[] tokenizerFile;
    private Optional<HuggingFaceTokenizer> counter = Optional.empty();
    private final ConcurrentHashMap<String, Integer> wordTokens = new ConcurrentHashMap<>();
    private final ExecutorService cores;

    /** The encoder that Tandem ships: bge-small-en-v1.5, 384 numbers, the int8 file inside LangChain4j's artifact. */
    public static OnnxTextEncoder bundled() {
        return new OnnxTextEncoder(
                "bge-small-en-v1.5-q",
                384,
                "Represent this sentence for searching relevant passages: ",
                () -> BundledModel.bytes("bge-small-en-v1.5-q.onnx"),
                BundledModel.bytes("bge-small-en-v1.5-q-tokenizer.json"));
    }

    private OnnxTextEncoder(
            String id, int dimension, String questionPrefix, Supplier<byte[]> network, byte[] tokenizerFile) {
        this.id = id;
        this.dimension = dimension;
        this.questionPrefix = questionPrefix;
        this.tokenizerFile = tokenizerFile;
        environment = OrtEnvironment.getEnvironment();
        // A short command waits for both native libraries to load: let it wait for them at the same time.
        var opening = CompletableFuture.supplyAsync(() -> open(environment, id, network.get()));
        tokenizer = tokenizer(tokenizerFile, true);
        session = opening.join();
        var number = new AtomicInteger();
        cores = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), work -> {
            var thread = new Thread(work, "encoder-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static OrtSession open(OrtEnvironment environment, String id, byte[] network) {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return environment.createSession(network, options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot load the embedding model " + id, e);
        }
    }

    private static HuggingFaceTokenizer tokenizer(byte[] json, boolean truncated) {
        var options = new LinkedHashMap<String, String>();
        options.put("padding", "false");
        options.put("addSpecialTokens", Boolean.toString(truncated));
        options.put("truncation", Boolean.toString(truncated));
        options.put("modelMaxLength", Integer.toString(WINDOW));
        options.put("maxLength", Integer.toString(WINDOW));
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int maxTokens() {
        return WINDOW - SPECIAL_TOKENS;
    }

    /** {@inheritDoc} Counted word by word: BERT's tokenizer never joins what white space parts, and words recur. */
    @Override
    public int countTokens(String text) {
        int count = 0;
        for (int start = 0; start < text.length(); ) {
            int end = start;
            while (end < text.length() && !isSpace(text.charAt(end))) {
                end++;
            }
            if (end > start) {
                count += countWord(text.substring(start, end));
            }
            start = end + 1;
        }
        return count;
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\n' || character == '\t';
    }

    private int countWord(String word) {
        if (word.length() > KNOWN_WORD_CHARS) {
            return counter().encode(word).getIds().length;
        }
        var known = wordTokens.get(word);
        if (known != null) {
            return known;
        }
        int count = counter().encode(word).getIds().length;
        if (wordTokens.size() < KNOWN_WORDS) {
            wordTokens.put(word, count);
        }
        return count;
    }

    /** The tokenizer that does not cut; made on first use, because a question alone never needs it. */
    private synchronized HuggingFaceTokenizer counter() {
        if (counter.isEmpty()) {
            counter = Optional.of(tokenizer(tokenizerFile, false));
        }
        return counter.orElseThrow();
    }

    @Override
    public List<Encoding> encodePassages(List<String> texts) {
        // Always on these threads, also a single text: callers that embed at the same time must not crowd the cores.
        var runs = new ArrayList<Future<Encoding>>(texts.size());
        for (var text : texts) {
            runs.add(cores.submit(() -> encode(text, 0)));
        }
        var encodings = new ArrayList<Encoding>(texts.size());
        try {
            for (var run : runs) {
                encodings.add(run.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var cancelled = new CancellationException("Interrupted while embedding");
            cancelled.initCause(e);
            throw cancelled;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The embedding model failed", e.getCause());
        } finally {
            runs.forEach(run -> run.cancel(false));
        }
        return encodings;
    }

    @Override
    public Encoding encodeQuestion(String text) {
        return encode(questionPrefix + text, questionPrefix.length());
    }

    /** Runs the network on one text; tokens that begin before {@code skippedChars} (the prefix) are left out. */
    private Encoding encode(String text, int skippedChars) {
        // The native library takes half a surrogate pair for three characters, which would displace every token behind
        // it.
        var tokens = tokenizer.encode(WellFormedText.of(text));
        var ids = tokens.getIds();
        long[] shape = {1, ids.length};
        try (var input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                var mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getAttentionMask()), shape);
                var types = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getTypeIds()), shape);
                var result = session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            var states = ((OnnxTensor) result.get(0)).getFloatBuffer();
            return new Encoding(row(states, 0), tokenVectors(text, tokens, states, skippedChars));
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model " + id + " failed on a text", e);
        }
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
        var vector = new float[dimension];
        states.get(token * dimension, vector);
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
        // Whoever was interrupted while waiting left its run behind, and what that reads is freed below.
        cores.shutdownNow();
        boolean interrupted = false;
        try {
            interrupted = !cores.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close the session", e);
        }
        tokenizer.close();
        synchronized (this) {
            counter.ifPresent(HuggingFaceTokenizer::close);
        }
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
