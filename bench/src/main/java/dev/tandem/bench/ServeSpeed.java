package dev.tandem.bench;

import dev.tandem.bench.serve.KeptConnection;
import dev.tandem.bench.serve.Service;
import dev.tandem.bench.serve.TandemProcess;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What serving costs: the time from the command {@code ./tandem serve} to ready, the median of some starts; a search by the API less the same search without it, by
 * turns, in medians; and so many streams at once, of which none may fail.
 *
 * <p>Arguments: a workspace with documents, how many streams (200 unless given).
 */
public final class ServeSpeed {
    private static final List<String> QUESTIONS = List.of(
            "How do I get access?",
            "What is the policy for travel?",
            "Who approves a request?",
            "When is the deadline?");
    private static final int STARTS = 7;
    private static final int ROUNDS = 200;
    private static final int WARM_UP = 500;

    private ServeSpeed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var workspace = Workspace.at(Path.of(arguments[0]));
        int streams = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        starts(workspace);
        try (var service = Service.start(workspace);
                var open = new OpenWorkspace(workspace)) {
            System.out.printf("%d passages%n", open.status().passages());
            searches(service, open);
            streams(service, streams);
        }
        System.exit(0);
    }

    private static void starts(Workspace workspace) throws IOException, InterruptedException {
        TandemProcess.start(workspace).stop(); // builds, and prepares fast starts
        double[] millis = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            var server = TandemProcess.start(workspace);
            millis[i] = server.millis();
            server.stop();
        }
        Arrays.sort(millis);
        System.out.printf(
                "from ./tandem serve to ready: median of %d %.0f ms, %.0f to %.0f%n",
                STARTS, median(millis), millis[0], millis[STARTS - 1]);
    }

    private static void searches(Service service, OpenWorkspace open) throws IOException {
        var retriever = open.retriever();
        double[] direct = new double[ROUNDS];
        double[] served = new double[ROUNDS];
        try (var connection = new KeptConnection(service.port())) {
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                var question = QUESTIONS.get(Math.floorMod(i, QUESTIONS.size()));
                long began = System.nanoTime();
                retriever.retrieve(question, 10, new Filter.All());
                long between = System.nanoTime();
                connection.post("/api/search", "{\"question\": \"" + question + "\"}");
                long end = System.nanoTime();
                if (i >= 0) {
                    direct[i] = (between - began) / 1e6;
                    served[i] = (end - between) / 1e6;
                }
            }
        }
        System.out.printf(
                "search, median of %d: %.2f ms, by the API %.2f ms, which adds %.2f ms%n",
                ROUNDS, median(direct), median(served), median(served) - median(direct));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void streams(Service service, int count) throws InterruptedException {
        var all = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < count; i++) {
            var body =
                    "{\"model\": \"tandem/rag\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \""
                            + QUESTIONS.get(i % QUESTIONS.size()) + "\"}]}";
            all.add(() -> {
                var reply = service.post("/v1/chat/completions", body);
                return reply.statusCode() == 200 && reply.body().contains("data: [DONE]");
            });
        }
        long began = System.nanoTime();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            long whole = clients.invokeAll(all).stream()
                    .filter(ServeSpeed::succeeded)
                    .count();
            System.out.printf(
                    "%d streams at once: %d whole, %d failed, in %.1f s%n",
                    count, whole, count - whole, (System.nanoTime() - began) / 1e9);
        }
    }

    private static boolean succeeded(Future<Boolean> reply) {
        try {
            return reply.get();
        } catch (ExecutionException failed) {
            System.out.println(failed.getCause());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
