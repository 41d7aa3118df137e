package dev.tandem.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Endpoint;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The web page at {@code /}. Its files lie under {@code /app/VERSION/}, where the version is made from their content: a browser keeps
 * them for good and asks for the first one alone, which names the version. The modules import each other by relative paths, so nothing
 * has to be rewritten. Safe for use by many threads.
 */
public final class Page {
    /** What the first file names, and nothing else, is served. */
    private static final Pattern NAMED = Pattern.compile("\\{app}/([a-z0-9-]+(?:/[a-z0-9-]+)*\\.[a-z]+)");

    private static final String FOLDER = "{app}";
    private static final int VERSION_LENGTH = 16;
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, byte[]> files = new TreeMap<>();
    private final String version;
    private final byte[] index;

    /** Reads all of its files. */
    public Page() {
        var first = new String(resource("index.html"), UTF_8);
        var named = NAMED.matcher(first);
        while (named.find()) {
            files.computeIfAbsent(named.group(1), Page::resource);
        }
        version = version(first);
        index = first.replace(FOLDER, "/app/" + version).getBytes(UTF_8);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/")
                        .does("Page", "Give the web page.")
                        .gives(200, "text/html", String.class)
                        .by(this::index),
                Endpoint.get("/app/{version}/<file>")
                        .does("Page", "Give a file of the web page.")
                        .inPath("version", "As the page names it.")
                        .inPath("file", "A script, a style sheet or a picture.")
                        .gives(200, "text/javascript", String.class)
                        .gives(200, "text/css", String.class)
                        .gives(200, "image/svg+xml", String.class)
                        .by(this::file));
    }

    private void index(Context context) {
        var tag = "\"" + version + "\"";
        context.header("Cache-Control", "no-cache").header("ETag", tag);
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        context.contentType("text/html; charset=utf-8").result(index);
    }

    private void file(Context context) {
        var name = context.pathParam("file");
        var content = files.get(name);
        if (content == null || !context.pathParam("version").equals(version)) {
            throw ApiError.unknown(
                    "There is no such file in this version of the page: load the page again.", "file_not_found");
        }
        context.header("Cache-Control", "public, max-age=31536000, immutable")
                .contentType(Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name))
                .result(content);
    }

    private String version(String first) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(first.getBytes(UTF_8));
            files.values().forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static byte[] resource(String name) {
        try (var file = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
