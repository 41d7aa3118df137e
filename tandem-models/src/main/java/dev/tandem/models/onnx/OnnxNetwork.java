package dev.tandem.models.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tandem.foundation.MendableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A BERT-style network with its tokenizer, run in this process by ONNX Runtime.
 *
 * <p>Each text is its own run of the network. Dynamically quantised files scale activations over everything in a run, so texts that
 * share a run would leak into each other's numbers. Throughput comes from one run a core, each on a single thread, which on a CPU is
 * also the fastest way.
 *
 * <p>Safe for use by many threads. Native memory is owned by this object and freed by {@link #close()}.
 */
public final class OnnxNetwork implements AutoCloseable {
    private final String id;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final ExecutorService cores;
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final boolean share;
    private boolean closed;

    /** Makes a session, once the options are there. */
    @FunctionalInterface
    public interface Source {
        OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options) throws OrtException;
    }

    /**
     * Opens a network.
     *
     * @param id by which errors name it
     * @param tokenizer reads what the network is run on
     * @throws MendableException if a file is damaged
     */
    public OnnxNetwork(String id, Source source, Supplier<HuggingFaceTokenizer> tokenizer) {
        this.id = id;
        environment = OrtEnvironment.getEnvironment();
        // A short command waits for both native libraries to load: let it wait for them at the same time.
        var opening = CompletableFuture.supplyAsync(() -> open(environment, id, source));
        this.tokenizer = tokenizer.get();
        session = opened(opening);
        var number = new AtomicInteger();
        cores = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), work -> {
            var thread = new Thread(work, "encoder-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        share = false;
    }

    private OnnxNetwork(OnnxNetwork whole) {
        id = whole.id;
        environment = whole.environment;
        session = whole.session;
        tokenizer = whole.tokenizer;
        cores = whole.cores;
        share = true;
    }

    /** The same network, to be closed for itself: memory and threads stay this one's. */
    public OnnxNetwork share() {
        return new OnnxNetwork(this);
    }

    private OrtSession opened(CompletableFuture<OrtSession> opening) {
        try {
            return opening.join();
        } catch (CompletionException e) {
            tokenizer.close();
            throw e.getCause() instanceof MendableException mendable ? mendable : e;
        }
    }

    private static OrtSession open(OrtEnvironment environment, String id, Source source) {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return source.open(environment, options);
        } catch (OrtException e) {
            throw new MendableException(
                    "ONNX Runtime cannot load the model " + id + " (" + e.getMessage()
                            + "): the file is damaged, or made for a newer ONNX Runtime.",
                    e);
        }
    }

    /**
     * A tokenizer.
     *
     * @param truncation how long texts are cut, as the tokenizers library names it: LONGEST_FIRST, ONLY_SECOND, DO_NOT_TRUNCATE
     * @param special whether it adds the special tokens
     * @param window the longest input in tokens, special ones included
     */
    public static HuggingFaceTokenizer tokenizer(byte[] json, String truncation, boolean special, int window) {
        var options = new LinkedHashMap<String, String>();
        options.put("padding", "false");
        options.put("addSpecialTokens", Boolean.toString(special));
        options.put("truncation", truncation);
        options.put("modelMaxLength", Integer.toString(window));
        options.put("maxLength", Integer.toString(window));
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
        } catch (IOException | RuntimeException e) {
            throw new MendableException(
                    "The model's tokenizer.json cannot be read (" + e.getMessage() + "): fetch it anew.", e);
        }
    }

    /** What the network is run on. */
    public HuggingFaceTokenizer tokenizer() {
        return tokenizer;
    }

    /** Closes something else with this, when nobody uses it any more. */
    public synchronized <T extends AutoCloseable> T own(T resource) {
        owned.add(resource);
        return resource;
    }

    /**
     * Runs the network on one text, or on one pair of texts.
     *
     * @param read takes the first output, which is the caller's for that call only
     */
    public <T> T run(Encoding tokens, Function<FloatBuffer, T> read) {
        var ids = tokens.getIds();
        long[] size = {1, ids.length};
        try (var input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), size);
                var mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getAttentionMask()), size);
                var types = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getTypeIds()), size);
                var result = session.run(inputs(input, mask, types))) {
            return read.apply(((OnnxTensor) result.get(0)).getFloatBuffer());
        } catch (OrtException e) {
            throw new IllegalStateException("The model " + id + " failed on a text", e);
        }
    }

    /** RoBERTa's family and DistilBERT know no types of tokens. */
    private Map<String, OnnxTensor> inputs(OnnxTensor input, OnnxTensor mask, OnnxTensor types) {
        return session.getInputNames().contains("token_type_ids")
                ? Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types)
                : Map.of("input_ids", input, "attention_mask", mask);
    }

    /** Does work on native memory, which is not freed meanwhile. */
    public <T> T using(Supplier<T> work) {
        inUse.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("The model " + id + " is closed");
            }
            return work.get();
        } finally {
            inUse.readLock().unlock();
        }
    }

    /**
     * Does pieces of work, one a core. Always on these threads, also a single one: callers that work at the same time must not crowd the
     * cores.
     */
    public <T> List<T> all(List<? extends Callable<T>> work) {
        var runs = new ArrayList<Future<T>>(work.size());
        for (var each : work) {
            runs.add(cores.submit(each));
        }
        var results = new ArrayList<T>(runs.size());
        try {
            for (var run : runs) {
                results.add(run.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var cancelled = new CancellationException("Interrupted while the model " + id + " worked");
            cancelled.initCause(e);
            throw cancelled;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The model " + id + " failed", e.getCause());
        } finally {
            runs.forEach(run -> run.cancel(false));
        }
        return results;
    }

    @Override
    public void close() {
        if (share) {
            end();
            return;
        }
        for (var left : cores.shutdownNow()) {
            if (left instanceof Future<?> waitedFor) {
                // Whoever waits for a run that never begins would wait for ever.
                waitedFor.cancel(false);
            }
        }
        if (!end()) {
            return;
        }
        try {
            session.close();
            tokenizer.close();
            closeOwned();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close the session", e);
        }
    }

    /**
     * Lets native code that runs come to its end, on whosever thread it is, and none begin after: it reads what is freed then, by this or,
     * of a share, by the process that exits. Whether it was still open.
     */
    private boolean end() {
        inUse.writeLock().lock();
        try {
            boolean open = !closed;
            closed = true;
            return open;
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private synchronized void closeOwned() {
        for (var resource : owned) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("The model " + id + " cannot be closed", e);
            }
        }
    }
}
