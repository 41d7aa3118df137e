package dev.tandem.server.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a server that can be cut, as by a server that dies, and mended. */
final class Line implements AutoCloseable {
    private final ServerSocket listening;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** @param server the port that it leads to */
    Line(int server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Breaks off all that is on its way, at once; whoever comes is turned away until it is mended. */
    void cut() {
        cut = true;
        for (var socket : open) {
            try (socket) {
                socket.setSoLinger(true, 0);
            } catch (IOException ended) {
                // It has ended by itself.
            }
        }
        open.clear();
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var from = listening.accept();
                if (cut) {
                    from.setSoLinger(true, 0);
                    from.close();
                    continue;
                }
                var to = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(from);
                open.add(to);
                Thread.ofVirtual().start(() -> pass(from, to));
                Thread.ofVirtual().start(() -> pass(to, from));
            } catch (IOException ended) {
                // Closed, or one that came was gone again: the next one is another matter.
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException brokenOff) {
            // The other end is told by the close.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
