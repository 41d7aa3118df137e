package dev.tandem.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** {@code GET /docs}: the OpenAPI document to look at, and to try. Everything it needs is in the jar. */
public final class DocsPage {
    private DocsPage() {}

    public static List<Endpoint> endpoints() {
        return List.of(
                file("/docs", "docs.html", "text/html", "Show this document as a page."),
                file("/docs/docs.js", "docs.js", "text/javascript", "The page's script."),
                file("/docs/docs.css", "docs.css", "text/css", "The page's looks."));
    }

    private static Endpoint file(String path, String name, String type, String does) {
        return Endpoint.get(path)
                .does("Documentation", does)
                .gives(200, type, String.class)
                .by(context -> send(context, name, type));
    }

    private static void send(Context context, String name, String type) {
        try (InputStream file = Objects.requireNonNull(DocsPage.class.getResourceAsStream(name), name)) {
            context.contentType(type + "; charset=utf-8").result(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
