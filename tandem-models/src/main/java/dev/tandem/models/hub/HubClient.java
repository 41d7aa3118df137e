package dev.tandem.models.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The few requests of a hub's protocol. Redirects are followed by hand, because the token must not go with them. */
final class HubClient implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HubSettings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    HubClient(HubSettings settings) {
        this.settings = settings;
    }

    /** A repository at one commit. */
    record Snapshot(String commit, List<RemoteFile> files) {}

    /**
     * What a repository holds.
     *
     * @throws MendableException if there is none of that name, or it may not be read
     * @throws IOException if the hub cannot be reached or fails
     */
    Snapshot snapshot(String repository, String revision) throws IOException {
        var uri = URI.create(settings.endpoint() + "/api/models/" + path(repository) + "/revision/" + encoded(revision)
                + "?blobs=true");
        try (var body = get(uri, 0, repository).body()) {
            var json = JSON.readTree(body);
            var files = new ArrayList<RemoteFile>();
            for (var each : json.path("siblings")) {
                files.add(file(each));
            }
            var commit = json.path("sha").asText("");
            if (!commit.matches("[0-9a-f]{7,64}") || files.isEmpty()) {
                throw new MendableException(
                        settings.endpoint() + " does not answer as a model hub does: check HF_ENDPOINT.");
            }
            return new Snapshot(commit, files);
        }
    }

    private static RemoteFile file(JsonNode node) {
        var large = node.path("lfs");
        return new RemoteFile(
                node.path("rfilename").asText(""),
                large.has("size")
                        ? large.path("size").asLong(-1)
                        : node.path("size").asLong(-1),
                text(large.path("sha256")),
                large.isMissingNode() ? text(node.path("blobId")) : Optional.empty());
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }

    /**
     * A file's bytes from {@code start} on.
     *
     * @return 206 with the rest, or 200 with the whole where the server does not continue
     */
    HttpResponse<InputStream> content(String repository, String commit, String file, long start) throws IOException {
        var uri = URI.create(settings.endpoint() + "/" + path(repository) + "/resolve/" + commit + "/" + encoded(file));
        return get(uri, start, repository);
    }

    private HttpResponse<InputStream> get(URI first, long start, String repository) throws IOException {
        var uri = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(2)).header("User-Agent", "tandem");
            if (isHub(uri)) {
                settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
            }
            if (start > 0) {
                request.header("Range", "bytes=" + start + "-");
            }
            var response = send(request.build());
            int status = response.statusCode();
            if (status == 200 || status == 206) {
                return response;
            }
            response.body().close();
            if (status < 300 || status >= 400) {
                throw refused(status, repository, first);
            }
            uri = redirected(uri, response);
        }
        throw new IOException("too many redirects from " + first);
    }

    private static URI redirected(URI from, HttpResponse<?> response) throws IOException {
        var location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("a redirect to nowhere from " + from));
        var to = from.resolve(location);
        if ("https".equals(from.getScheme()) && !"https".equals(to.getScheme())) {
            throw new IOException("a redirect from https to " + to.getScheme());
        }
        return to;
    }

    private boolean isHub(URI uri) {
        var hub = settings.endpoint();
        return uri.getScheme().equals(hub.getScheme())
                && uri.getHost().equalsIgnoreCase(hub.getHost())
                && uri.getPort() == hub.getPort();
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private IOException refused(int status, String repository, URI uri) {
        return switch (status) {
            case 401, 403 ->
                throw new MendableException("The hub does not let you read " + repository + " (" + status + "): "
                        + (settings.token().isPresent()
                                ? "accept the model's terms on its page, or give another token in HF_TOKEN."
                                : "set HF_TOKEN, or check the name: unknown models are answered so, too."));
            case 404 ->
                throw new MendableException("The hub has no model " + repository
                        + " of that revision: check the spelling, OWNER/NAME, and --revision.");
            case 416 -> new RangeRefused(uri);
            default -> new IOException("the hub answered " + status + " for " + uri.getPath());
        };
    }

    /** The server has no bytes from there on: what lies here is not the beginning of its file. */
    static final class RangeRefused extends IOException {
        private static final long serialVersionUID = 1;

        RangeRefused(URI uri) {
            super("there is nothing to continue of " + uri.getPath());
        }
    }

    private static String path(String repository) {
        int slash = repository.indexOf('/');
        return encoded(repository.substring(0, slash)) + "/" + encoded(repository.substring(slash + 1));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
