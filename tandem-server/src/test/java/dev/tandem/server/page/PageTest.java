package dev.tandem.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.server.Served;
import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.Role;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/app/[^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?:from |import\\()'(\\.[^']+)'");
    private static final int MOST_SCRIPT = 450_000;

    @TempDir
    static Path folder;

    private static Served served;
    private static String index;

    @BeforeAll
    static void serve() {
        served = Served.start(Served.workspace(folder));
        index = served.get("/").body();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static Set<String> files() {
        var files = new TreeSet<String>();
        FILE.matcher(index).results().forEach(found -> files.add(found.group(1)));
        return files;
    }

    private static Stream<String> scripts() {
        return files().stream().filter(file -> file.endsWith(".js"));
    }

    @Test
    void thePageComesUnderAPolicyThatLetsNothingElseIn() {
        var reply = served.get("/");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(header(reply, "Content-Type")).startsWith("text/html");
        assertThat(header(reply, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                .doesNotContain("unsafe");
    }

    @Test
    void allItsFilesAreServedAndKeptByBrowsers() {
        assertThat(files()).hasSizeGreaterThan(15);
        assertThat(files()).allSatisfy(file -> {
            var reply = served.get(file);
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(header(reply, "Content-Type"))
                    .startsWith(
                            file.endsWith(".js")
                                    ? "text/javascript"
                                    : file.endsWith(".css") ? "text/css" : "image/svg+xml");
            assertThat(header(reply, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(reply, "Cache-Control")).contains("immutable");
        });
    }

    @Test
    void everyImportIsAFileThatThePageNames() {
        assertThat(scripts())
                .allSatisfy(script -> assertThat(
                                IMPORT.matcher(served.get(script).body()).results())
                        .allSatisfy(found -> assertThat(files())
                                .as("%s imports %s", script, found.group(1))
                                .contains(served.uri(script)
                                        .resolve(found.group(1))
                                        .getPath())));
    }

    @Test
    void noScriptOrStyleIsInline() {
        assertThat(index)
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern("(?i)<style|\\sstyle\\s*=|\\son\\w+\\s*=|javascript:");
    }

    @Test
    void noTextIsEverReadAsHtmlOrCodeAndNothingIsLoadedFromElsewhere() {
        assertThat(scripts())
                .allSatisfy(script -> assertThat(served.get(script).body())
                        .as(script)
                        .doesNotContainPattern(
                                "(?i)innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|srcdoc")
                        .doesNotContainPattern("\\beval\\b|new Function|setAttribute\\('style")
                        .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)"));
    }

    @Test
    void allScriptTogetherIsSmall() throws Exception {
        long sum = 0;
        for (var script : scripts().toList()) {
            sum += compressed(script);
        }
        assertThat(sum).isBetween(1L, (long) MOST_SCRIPT);
    }

    private static long compressed(String file) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = served.request(file, "Accept-Encoding", "gzip").GET().build();
            var reply = client.send(request, BodyHandlers.ofByteArray());
            // What is under a kilobyte and a half is not worth compressing.
            assertThat(reply.headers().firstValue("Content-Encoding").isPresent() || reply.body().length < 1_500)
                    .as(file)
                    .isTrue();
            return reply.body().length;
        }
    }

    @Test
    void aPageThatHasNotChangedIsNotSentAgain() {
        var tag = header(served.get("/"), "ETag");
        var reply = served.get("/", "If-None-Match", tag);
        assertThat(reply.statusCode()).isEqualTo(304);
        assertThat(reply.body()).isEmpty();
        assertThat(served.get("/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void nothingButThePagesFilesIsServed() {
        var version = files().iterator().next().replaceFirst("^/[^/]*/([^/]*)/.*$", "$1");
        for (var path : List.of(
                "/app/" + version + "/index.html",
                "/app/" + version + "/nothing.js",
                "/app/" + version + "/Page.class",
                "/app/" + version + "/..%2FTandemServer.class",
                "/app/0000000000000000/main.js")) {
            assertThat(served.get(path).statusCode()).as(path).isBetween(400, 404);
        }
    }

    @Test
    void whoHasNoKeyYetSeesThePageToSignIn(@TempDir Path other) {
        var workspace = Served.workspace(other);
        new ApiKeys(workspace.folder(), Clock.systemUTC()).create("app", Role.ASK, Set.of(), Optional.empty());
        try (var guarded = Served.start(workspace)) {
            assertThat(guarded.get("/").statusCode()).isEqualTo(200);
            assertThat(guarded.get("/v1/models").statusCode()).isEqualTo(401);
        }
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }
}
