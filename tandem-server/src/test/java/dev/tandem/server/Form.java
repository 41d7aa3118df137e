package dev.tandem.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** A form with files, as browsers send it. */
public final class Form {
    private static final String BOUNDARY = "----tandem-test";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public Form text(String field, String value) {
        return part("name=\"" + field + "\"", value.getBytes(UTF_8));
    }

    public Form file(String name, String text) {
        return file(name, text.getBytes(UTF_8));
    }

    public Form file(String name, byte[] bytes) {
        return part("name=\"file\"; filename=\"" + name + "\"", bytes);
    }

    private Form part(String disposition, byte[] bytes) {
        body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n").getBytes(UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n".getBytes(UTF_8));
        return this;
    }

    public HttpResponse<String> to(Served served, String path, String... headers) {
        return served.send(request(served, path, headers).POST(BodyPublishers.ofByteArray(bytes())));
    }

    /** Without saying how long it is. */
    public HttpResponse<String> inChunksTo(Served served, String path) {
        var bytes = bytes();
        return served.send(request(served, path)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes))));
    }

    private static HttpRequest.Builder request(Served served, String path, String... headers) {
        return served.request(path, headers).header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
    }

    private byte[] bytes() {
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        return whole.toByteArray();
    }
}
