package dev.tandem.bench.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;

/**
 * A request byte by byte, since clients of libraries refuse to send what is wrong.
 *
 * @param target path and query as they are sent
 * @param headers besides Host, Content-Length and Connection
 */
public record RawRequest(String method, String target, List<String> headers, byte[] body) {
    private static final int PATIENCE_MILLIS = 60_000;

    /**
     * Sends it to this machine.
     *
     * @return the status, or 0 if the server hung up without one
     * @throws SocketTimeoutException if nothing came for a minute
     */
    public int send(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                var out = socket.getOutputStream();
                out.write(head().getBytes(ISO_8859_1));
                out.write(body);
                out.flush();
            } catch (IOException refused) {
                // Refused before it was read to its end; the answer may be there all the same.
            }
            return status(socket);
        }
    }

    private static int status(Socket socket) throws IOException {
        try {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            var line = in.readLine();
            if (line == null || !line.startsWith("HTTP/1.1 ") || line.length() < 12) {
                return 0;
            }
            // All of it, so that no answer counts as made that was not sent.
            in.transferTo(java.io.Writer.nullWriter());
            return Integer.parseInt(line.substring(9, 12));
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException reset) {
            return 0;
        }
    }

    private String head() {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        return head.append("Content-Length: ")
                .append(body.length)
                .append("\r\n\r\n")
                .toString();
    }

    /** To be told by, when it brought what it should not. */
    @Override
    public String toString() {
        var shown = new String(Arrays.copyOf(body, Math.min(body.length, 300)), ISO_8859_1);
        return method + " " + target.substring(0, Math.min(200, target.length())) + " " + headers + " " + shown;
    }
}
