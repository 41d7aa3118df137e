package dev.tandem.decoder.chat;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.generation.Generator;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.DecoderConfig;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bytedeco.javacpp.PointerScope;

/**
 * The platform thread that owns a decoder and its adapters: grad mode is a native thread-local, and adapters must not come
 * and go while a batch goes through them. It ends when the queue is closed, and frees everything.
 */
final class DecoderThread {
    private final Path base;
    private final Tokenizer tokenizer;
    private final Placement placement;
    private final Decoder.Storage storage;
    private final WorkQueue queue;
    private final CompletableFuture<DecoderConfig> opened = new CompletableFuture<>();
    private final Thread thread;
    private final Map<String, Adapter> adapters = new LinkedHashMap<>();
    private volatile Map<String, Integer> loaded = Map.of();
    private volatile boolean closing;

    /** Starts the thread; {@link #config} waits until the model is open. */
    DecoderThread(Path base, Tokenizer tokenizer, Placement placement, Decoder.Storage storage, WorkQueue queue) {
        this.base = base;
        this.tokenizer = tokenizer;
        this.placement = placement;
        this.storage = storage;
        this.queue = queue;
        thread = Thread.ofPlatform().name("tandem-decoder").daemon().unstarted(this::run);
        thread.start();
    }

    /**
     * The model's shape, once it is open.
     *
     * @throws MendableException if it cannot be opened
     */
    DecoderConfig config() {
        try {
            return opened.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    /** The adapters that are loaded, in the order in which they came, with the number of virtual tokens of each. */
    Map<String, Integer> loaded() {
        return loaded;
    }

    private void run() {
        try (var decoder = open()) {
            opened.complete(decoder.config());
            try {
                work(decoder);
            } finally {
                adapters.values().forEach(Adapter::close);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody knows this thread to interrupt it", e);
        } catch (RuntimeException | Error e) {
            if (!opened.completeExceptionally(e)) {
                throw e;
            }
        } finally {
            refuse(queue.close());
        }
    }

    private Decoder open() {
        try (var scope = new PointerScope()) {
            return Decoder.open(base, placement, storage);
        }
    }

    private void work(Decoder decoder) throws InterruptedException {
        for (var works = queue.take(); !works.isEmpty(); works = queue.take()) {
            var jobs = new ArrayList<ChatJob>();
            for (var work : works) {
                switch (work) {
                    case Work.Change change -> make(change, decoder);
                    case ChatJob job when job.cancelled() -> job.dropped();
                    // It may have been unloaded since the request was made.
                    case ChatJob job
                    when job.request().adapter().filter(this::isMissing).isPresent() ->
                        job.fail(new MendableException("The adapter "
                                + job.request().adapter().get() + " was unloaded before the request's turn came:"
                                + " load it again, or name another model."));
                    case ChatJob job -> jobs.add(job);
                }
            }
            if (!jobs.isEmpty()) {
                generate(jobs, decoder);
            }
        }
    }

    private boolean isMissing(String adapter) {
        return !adapters.containsKey(adapter);
    }

    private void make(Work.Change change, Decoder decoder) {
        try {
            if (change.folder().isPresent()) {
                load(change.adapter(), change.folder().get(), decoder);
            } else {
                unload(change.adapter());
            }
            var names = new LinkedHashMap<String, Integer>();
            adapters.forEach((name, adapter) -> names.put(
                    name, adapter.prompt().map(vectors -> (int) vectors.size(0)).orElse(0)));
            loaded = java.util.Collections.unmodifiableMap(names);
            change.done().complete(null);
        } catch (RuntimeException | Error e) {
            change.done().completeExceptionally(e);
        }
    }

    private void load(String name, Path folder, Decoder decoder) {
        if (adapters.containsKey(name)) {
            throw new MendableException(
                    "An adapter called " + name + " is loaded already: unload it first, or choose another name.");
        }
        adapters.put(name, Adapter.attach(folder, name, decoder));
    }

    private void unload(String name) {
        var adapter = adapters.remove(name);
        if (adapter == null) {
            throw new MendableException("No adapter called " + name + " is loaded; there are: "
                    + (adapters.isEmpty() ? "none" : String.join(", ", adapters.keySet())) + ".");
        }
        adapter.close();
    }

    private void generate(List<ChatJob> jobs, Decoder decoder) {
        var listener = new Generator.Listener() {
            @Override
            public void text(int request, String more) {
                jobs.get(request).piece(more);
            }

            @Override
            public void ended(int request, Generator.Generation generation) {
                jobs.get(request).done(generation);
            }

            @Override
            public boolean wanted(int request) {
                return !jobs.get(request).cancelled();
            }
        };
        try (var scope = new PointerScope()) {
            new Generator(decoder, tokenizer, adapters)
                    .generate(
                            jobs.stream().map(ChatJob::request).toList(),
                            listener,
                            () -> closing || jobs.stream().allMatch(ChatJob::cancelled));
            jobs.stream().filter(ChatJob::cancelled).forEach(ChatJob::dropped);
            jobs.forEach(job -> job.fail(WorkQueue.closedModel()));
        } catch (RuntimeException | Error e) {
            jobs.forEach(job -> job.fail(explained(e, jobs.size())));
        }
    }

    /** libtorch tells of memory that ran out as of anything else. */
    private static Throwable explained(Throwable failure, int requests) {
        return NativeMemory.isShort(failure)
                ? new MendableException(
                        "Memory ran out while " + requests
                                + " requests were answered at once: ask for shorter prompts and"
                                + " answers, let fewer rows be answered together, or use a smaller model.",
                        failure)
                : failure;
    }

    /** Ends what is in work at its next token, refuses what waits, and waits until everything native is free. */
    void close() {
        closing = true;
        refuse(queue.close());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // Returning now would leave native memory in use behind the caller's back.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(List<Work> rest) {
        for (var work : rest) {
            switch (work) {
                case ChatJob job -> job.fail(WorkQueue.closedModel());
                case Work.Change change -> change.done().completeExceptionally(WorkQueue.closedModel());
            }
        }
    }
}
