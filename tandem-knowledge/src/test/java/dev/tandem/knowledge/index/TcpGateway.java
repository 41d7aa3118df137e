package dev.tandem.knowledge.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to a server that can be cut, so that tests see it gone and back without stopping it: a port of this machine whose
 * connections go on to the server's.
 */
public final class TcpGateway implements AutoCloseable {
    private final InetSocketAddress server;
    private final int port;
    private final List<AutoCloseable> open = new ArrayList<>();

    private boolean down;

    /** Opens a way to a server. */
    public TcpGateway(String host, int serverPort) {
        this.server = new InetSocketAddress(host, serverPort);
        this.port = listen(0);
    }

    /** The port of 127.0.0.1 that leads to the server. */
    public int port() {
        return port;
    }

    /** Ends every connection; new ones are refused. */
    public synchronized void cut() {
        down = true;
        open.forEach(TcpGateway::end);
        open.clear();
    }

    /** Lets connections through again. */
    public void mend() {
        listen(port);
    }

    @Override
    public void close() {
        cut();
    }

    private synchronized int listen(int wanted) {
        try {
            var listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            open.add(listening);
            down = false;
            Thread.ofVirtual().start(() -> accept(listening));
            return listening.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                join(listening.accept());
            } catch (IOException closedOrRefused) {
                // The next one may come through.
            }
        }
    }

    private synchronized void join(Socket client) throws IOException {
        if (down) {
            // Came in while the way was being closed.
            client.close();
            return;
        }
        var onward = new Socket();
        open.add(client);
        open.add(onward);
        onward.connect(server);
        // Small pieces go on at once: held back, each request would take 40 ms.
        client.setTcpNoDelay(true);
        onward.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> copy(client, onward));
        Thread.ofVirtual().start(() -> copy(onward, client));
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            return;
        }
    }

    private static void end(AutoCloseable connection) {
        try {
            connection.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
