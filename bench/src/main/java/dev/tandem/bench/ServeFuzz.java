package dev.tandem.bench;

import dev.tandem.bench.serve.MalformedRequests;
import dev.tandem.bench.serve.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Malformed requests, made from the OpenAPI document, against a server of its own. Prints how often each status came (0: the server hung
 * up), and every request that brought a 5xx; ends with 1 if one did or the server answers no more.
 *
 * <p>Arguments: how many requests (10000 unless given), the seed (1 unless given).
 */
public final class ServeFuzz {
    private static final int AT_ONCE = 16;

    private ServeFuzz() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        var folder = Files.createTempDirectory("serve-fuzz");
        try (var service = Service.start(Service.small(folder))) {
            var requests = new MalformedRequests(service.document(), seed);
            var statuses = new ConcurrentSkipListMap<Integer, LongAdder>();
            var failures = new ConcurrentLinkedQueue<String>();
            var free = new Semaphore(AT_ONCE);
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < count; i++) {
                    var request = requests.next();
                    free.acquire();
                    clients.execute(() -> {
                        try {
                            int status = request.send(service.port());
                            statuses.computeIfAbsent(status, any -> new LongAdder())
                                    .increment();
                            if (status >= 500) {
                                failures.add(status + ": " + request);
                            }
                        } catch (IOException e) {
                            failures.add(e + ": " + request);
                        } finally {
                            free.release();
                        }
                    });
                }
            }
            failures.stream().limit(50).forEach(System.out::println);
            System.out.println(count + " requests, seed " + seed + ", by status: " + new TreeMap<>(statuses));
            boolean lives = service.get("/ready").statusCode() == 200;
            System.out.println(
                    failures.size() + " failed; the server " + (lives ? "is ready." : "is not ready any more."));
            System.exit(failures.isEmpty() && lives ? 0 : 1);
        }
    }
}
