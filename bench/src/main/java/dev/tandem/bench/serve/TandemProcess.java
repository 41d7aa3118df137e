package dev.tandem.bench.serve;

import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/**
 * {@code ./tandem serve} as a process of its own.
 *
 * @param millis from the command to ready
 */
public record TandemProcess(Process process, int port, double millis) {
    private static final int POLL_MILLIS = 5;

    /** Starts one on a free port and waits until it is ready. */
    public static TandemProcess start(Workspace workspace) throws IOException, InterruptedException {
        int port = freePort();
        long began = System.nanoTime();
        var process = new ProcessBuilder(
                        "./tandem", "serve", "-w", workspace.folder().toString(), "--port", String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!isReady(port)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("./tandem serve ended with " + process.exitValue());
            }
            Thread.sleep(POLL_MILLIS);
        }
        return new TandemProcess(process, port, (System.nanoTime() - began) / 1e6);
    }

    /** Ends it as a user does. */
    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** As {@code kill -9}; the launcher has become the process by then. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isReady(int port) {
        try {
            var ready = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/ready").toURL().openConnection();
            return ready.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
