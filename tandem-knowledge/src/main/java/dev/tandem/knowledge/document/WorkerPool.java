package dev.tandem.knowledge.document;

import dev.tandem.foundation.offline.OfflineGuard;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Worker processes that are kept for the next file. One that takes too long is killed, one that runs out of memory ends
 * itself; either way only its file is lost. Safe for use by many threads, each of which has a worker of its own at a time.
 */
final class WorkerPool implements AutoCloseable {
    /** What a JVM that runs with ExitOnOutOfMemoryError ends with. */
    private static final int OUT_OF_MEMORY = 3;

    private final ReadingLimits limits;
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();

    private record Worker(Process process, DataInputStream replies, DataOutputStream requests) {}

    WorkerPool(ReadingLimits limits) {
        this.limits = limits;
    }

    ParsedContent parse(Path file) throws IOException, UnreadableException {
        var worker = take();
        boolean healthy = false;
        try {
            var reply =
                    waiting.submit(() -> ask(worker, file)).get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
            healthy = true;
            if (reply.reason() != null) {
                throw new UnreadableException(reply.reason());
            }
            return new ParsedContent(reply.blocks(), metadata(reply));
        } catch (TimeoutException e) {
            throw new UnreadableException(
                    "took longer than " + limits.time().toSeconds() + " s to parse (documents.parse_timeout)");
        } catch (ExecutionException e) {
            throw new UnreadableException(reasonOfEnd(worker.process()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException("was being parsed when the work was cancelled");
        } finally {
            if (healthy) {
                give(worker);
            } else {
                worker.process().destroyForcibly();
            }
        }
    }

    private static ParserWorker.Reply ask(Worker worker, Path file) throws IOException {
        var path = file.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
        worker.requests().writeInt(path.length);
        worker.requests().write(path);
        worker.requests().flush();
        var reply = worker.replies().readNBytes(worker.replies().readInt());
        if (reply.length == 0) {
            throw new EOFException();
        }
        return ParserWorker.JSON.readValue(reply, ParserWorker.Reply.class);
    }

    private String reasonOfEnd(Process process) {
        try {
            boolean ended = process.waitFor(5, TimeUnit.SECONDS);
            if (ended && process.exitValue() == OUT_OF_MEMORY) {
                return "needs more than " + limits.workerMegabytes() + " MB to parse (documents.parse_memory)";
            }
            return "made the parser end" + (ended ? " (exit code " + process.exitValue() + ")" : "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "made the parser end";
        }
    }

    private static Metadata metadata(ParserWorker.Reply reply) {
        var fields = new TreeMap<String, List<FieldValue>>();
        reply.properties()
                .forEach((name, values) -> fields.put(
                        name,
                        values.stream()
                                .map(value ->
                                        name.equals("title") ? new FieldValue.Text(value) : FieldValue.parse(value))
                                .toList()));
        return new Metadata(fields);
    }

    private Worker take() throws IOException {
        synchronized (idle) {
            while (!idle.isEmpty()) {
                var worker = idle.pop();
                if (worker.process().isAlive()) {
                    return worker;
                }
            }
        }
        return start();
    }

    private void give(Worker worker) {
        synchronized (idle) {
            idle.push(worker);
        }
    }

    private Worker start() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + limits.workerMegabytes() + "m");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xss2m");
        command.add("-Djava.awt.headless=true");
        command.addAll(OfflineGuard.inherited());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ParserWorker.class.getName());
        command.add(Integer.toString(limits.characters()));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Worker(
                process,
                new DataInputStream(new BufferedInputStream(process.getInputStream())),
                new DataOutputStream(new BufferedOutputStream(process.getOutputStream())));
    }

    @Override
    public void close() {
        synchronized (idle) {
            idle.forEach(worker -> worker.process().destroyForcibly());
            idle.clear();
        }
        waiting.shutdownNow();
    }
}
