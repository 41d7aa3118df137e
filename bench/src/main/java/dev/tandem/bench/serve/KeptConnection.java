package dev.tandem.bench.serve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The least that speaks HTTP: one connection, one request after the other, on the thread that asks. Java's own client takes one to three
 * milliseconds of its own for a request, which a measurement of the server must not count.
 */
public final class KeptConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    public KeptConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Sends JSON and reads the whole reply.
     *
     * @return the reply's body
     * @throws IOException if it is not 200
     */
    public String post(String path, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        var head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + content.length + "\r\n\r\n";
        var request = new ByteArrayOutputStream();
        request.write(head.getBytes(StandardCharsets.US_ASCII));
        request.write(content);
        socket.getOutputStream().write(request.toByteArray());
        var status = line();
        int length = -1;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        var reply = new String(length < 0 ? chunks() : in.readNBytes(length), StandardCharsets.UTF_8);
        if (!status.contains(" 200 ")) {
            throw new IOException(status + ": " + reply);
        }
        return reply;
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        int length = Integer.parseInt(line(), 16);
        while (length > 0) {
            all.write(in.readNBytes(length));
            line();
            length = Integer.parseInt(line(), 16);
        }
        line();
        return all.toByteArray();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
