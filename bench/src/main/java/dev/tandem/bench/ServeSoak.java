package dev.tandem.bench;

import dev.tandem.bench.serve.Service;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A server under load for a while: four clients that search, ask and stream without a pause. Prints every minute how many requests were
 * answered, how many failed, the heap after a collection and what the process holds in memory, which must not grow.
 *
 * <p>Arguments: how many minutes (30 unless given).
 */
public final class ServeSoak {
    private static final int CLIENTS = 4;
    private static final String QUESTION =
            "\"messages\": [{\"role\": \"user\", \"content\": \"On which port is the VPN?\"}]}";

    private ServeSoak() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        var done = new LongAdder();
        var failed = new LongAdder();
        var broken = new CountDownLatch(1);
        boolean thrownOut = false;
        try (var service = Service.start(Service.small(Files.createTempDirectory("serve-soak")));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> {
                    load(service, done, failed);
                    broken.countDown();
                });
            }
            for (int minute = 1; minute <= minutes; minute++) {
                if (broken.await(1, TimeUnit.MINUTES)) {
                    System.out.println("A client ended: the soak does, too.");
                    thrownOut = true;
                    break;
                }
                System.gc();
                var runtime = Runtime.getRuntime();
                System.out.printf(
                        "minute %d: %d requests, %d failed, heap %d MB, process %d MB%n",
                        minute,
                        done.sum(),
                        failed.sum(),
                        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                        residentKilobytes() >> 10);
            }
            clients.shutdownNow();
        }
        System.exit(failed.sum() == 0 && !thrownOut ? 0 : 1);
    }

    private static void load(Service service, LongAdder done, LongAdder failed) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var found = service.post("/api/search", "{\"question\": \"On which port is the VPN?\"}");
                count(found.statusCode() == 200, found, done, failed);
                var answered = service.post("/v1/chat/completions", "{\"model\": \"tandem/rag\", " + QUESTION);
                count(answered.statusCode() == 200, answered, done, failed);
                var stream = service.post(
                        "/v1/chat/completions", "{\"model\": \"tandem/rag\", \"stream\": true, " + QUESTION);
                count(stream.body().contains("[DONE]"), stream, done, failed);
            } catch (IOException e) {
                failed.increment();
                System.out.println("failed: " + e);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void count(boolean good, HttpResponse<String> reply, LongAdder done, LongAdder failed) {
        (good ? done : failed).increment();
        if (!good) {
            System.out.println("failed: " + reply.statusCode() + " " + reply.body());
        }
    }

    private static long residentKilobytes() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
