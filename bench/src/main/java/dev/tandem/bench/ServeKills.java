package dev.tandem.bench;

import dev.tandem.bench.serve.Acknowledged;
import dev.tandem.bench.serve.Service;
import dev.tandem.bench.serve.TandemProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A server that is killed (kill -9) at random moments while a client uploads documents and files, adds test cases, asks and says what it
 * thinks of the answers, and is started again: whatever was acknowledged must be there, every job that was taken on must end well, and
 * the audit trail must be sound and hold every answer.
 *
 * <p>Arguments: how many kills (30 unless given), and a seed.
 */
public final class ServeKills {
    private static final int LONGEST_MILLIS = 2_500;

    private ServeKills() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int kills = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var workspace = Service.small(Files.createTempDirectory("serve-kills"));
        var client = new Acknowledged();
        Set<String> missing = new HashSet<>();
        try (var thread = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < kills; i++) {
                var server = TandemProcess.start(workspace);
                var writing = thread.submit(() -> writeUntilItDies(client, server.port()));
                Thread.sleep(random.nextInt(LONGEST_MILLIS));
                server.kill();
                writing.get();
            }
        }
        var server = TandemProcess.start(workspace);
        missing.addAll(client.missing(server.port()));
        server.stop();
        var trail = workspace.trail().verify(Set.of());
        var recorded = workspace.trail().records().stream()
                .flatMap(record -> record.entry().stream())
                .map(entry -> entry.channel().substring(entry.channel().lastIndexOf(' ') + 1))
                .collect(Collectors.toSet());
        client.answers().stream()
                .filter(id -> !recorded.contains(id))
                .map(id -> "answer " + id + " in the trail")
                .forEach(missing::add);
        System.out.printf(
                "%d kills, %d things acknowledged, %d missing; the trail of %d answers is %s%n",
                kills, client.count(), missing.size(), recorded.size(), trail.sound() ? "sound" : trail.faults());
        missing.forEach(each -> System.out.println("missing: " + each));
        System.exit(missing.isEmpty() && trail.sound() ? 0 : 1);
    }

    private static Void writeUntilItDies(Acknowledged client, int port) throws InterruptedException {
        try {
            while (true) {
                client.write(port);
            }
        } catch (IOException killed) {
            return null;
        }
    }
}
