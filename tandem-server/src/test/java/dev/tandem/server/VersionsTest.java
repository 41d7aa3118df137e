package dev.tandem.server;

import static dev.tandem.server.Served.error;
import static dev.tandem.server.Served.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.Role;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {
    private static final String DOCUMENTS = "/api/documents";
    private static final String VERSIONS = DOCUMENTS + "/versions";
    private static final String FOR_HR = "---\naccess: hr\n---\n";

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Served served;
    private static String[] root;
    private static String[] anna;
    private static String[] bob;

    @BeforeAll
    static void serve() {
        workspace = Served.workspace(folder);
        var keys = new ApiKeys(workspace.folder(), Clock.systemUTC());
        root = bearer(keys, "root", Role.ADMIN, Set.of());
        anna = bearer(keys, "anna", Role.EDIT, Set.of("hr"));
        bob = bearer(keys, "bob", Role.EDIT, Set.of());
        served = Served.start(workspace);
    }

    private static String[] bearer(ApiKeys keys, String name, Role role, Set<String> principals) {
        return new String[] {
            "Authorization",
            "Bearer " + keys.create(name, role, principals, Optional.empty()).secret()
        };
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static JsonNode done(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        var id = json(reply).at("/job/id").asText();
        Followed.events(served, id, root);
        return json(served.get("/api/jobs/" + id, root));
    }

    private static JsonNode upload(String name, String text, String... who) {
        return done(new Form().file(name, text).to(served, DOCUMENTS, who));
    }

    private static HttpResponse<String> get(String what, String path, String... who) {
        return served.get(
                VERSIONS + what + (what.contains("?") ? "&" : "?") + "path=" + URLEncoder.encode(path, UTF_8), who);
    }

    private static HttpResponse<String> send(String method, String what, String path, String... who) {
        return served.send(served.request(VERSIONS + what + "?path=" + URLEncoder.encode(path, UTF_8), who)
                .method(method, BodyPublishers.noBody()));
    }

    private static HttpResponse<String> delete(String path, String more, String... who) {
        return served.send(served.request(DOCUMENTS + "?path=" + URLEncoder.encode(path, UTF_8) + more, who)
                .DELETE());
    }

    private static List<Integer> numbers(JsonNode listed) {
        return listed.path("versions").findValues("number").stream()
                .map(JsonNode::asInt)
                .toList();
    }

    private static List<String> deleted(String... who) {
        return json(served.get(DOCUMENTS + "/deleted", who)).path("documents").findValuesAsText("path");
    }

    @Test
    void whatIsReplacedIsKeptComparedAndRestored() {
        var first = "# Parking\n\nVisitors park in garage B.\n\nThe gate closes at 22:00.\n";
        upload("parking.md", first, anna);
        upload("parking.md", first.replace("garage B", "the yard"), bob);
        upload("parking.md", first.replace("garage B", "the yard"), root);

        var listed = json(get("", "parking.md", bob));
        assertThat(numbers(listed))
                .as("the same content again is no new version")
                .containsExactly(2, 1);
        assertThat(listed.at("/versions/0/who").asText()).isEqualTo("bob");
        assertThat(listed.at("/versions/0/newest").asBoolean()).isTrue();
        assertThat(listed.at("/versions/1/who").asText()).isEqualTo("anna");
        assertThat(listed.path("bytes").asInt()).isEqualTo(first.length());

        assertThat(json(get("/1", "parking.md", bob)).path("text").asText()).isEqualTo(first.stripTrailing());
        var file = get("/1/file", "parking.md", bob);
        assertThat(file.body()).isEqualTo(first);
        assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment")
                .contains("parking-version-1.md");
        var changes = json(get("/2/changes", "parking.md", bob));
        assertThat(changes.path("lines"))
                .extracting(line ->
                        line.path("kind").asText() + " " + line.path("text").asText())
                .containsSubsequence(
                        "same # Parking",
                        "removed Visitors park in garage B.",
                        "added Visitors park in the yard.",
                        "same The gate closes at 22:00.");
        assertThat(json(get("/1/changes?from=1", "parking.md", bob)).path("lines"))
                .isEmpty();

        var restored = done(send("POST", "/1/restore", "parking.md", anna));
        assertThat(restored.at("/result/updated").asInt()).isEqualTo(1);
        assertThat(json(served.get(DOCUMENTS + "/content?path=parking.md", bob))
                        .at("/passages/0/text")
                        .asText())
                .contains("garage B");
        listed = json(get("", "parking.md", bob));
        assertThat(numbers(listed)).containsExactly(3, 2, 1);
        assertThat(listed.at("/versions/0/restored").asInt()).isEqualTo(1);
        assertThat(json(served.get("/api/status", root)).path("versions_size").asInt())
                .isGreaterThanOrEqualTo(first.length());

        assertThat(send("POST", "/3/restore", "parking.md", bob).statusCode()).isEqualTo(409);
        assertThat(send("DELETE", "/3", "parking.md", bob).statusCode()).isEqualTo(409);
        assertThat(numbers(json(send("DELETE", "/2", "parking.md", bob)))).containsExactly(3, 1);
        assertThat(get("/2", "parking.md", bob).statusCode()).isEqualTo(404);
    }

    @Test
    void aDeletedDocumentComesBackOrGoesForGood() {
        upload("lost.md", "# Lost\n\nThe lost property office is in room 12.\n", bob);
        done(delete("lost.md", "", bob));
        assertThat(workspace.documentsFolder().resolve("lost.md")).doesNotExist();
        assertThat(deleted(bob)).contains("lost.md");
        var listed = json(get("", "lost.md", bob));
        assertThat(listed.path("deleted_by").asText()).isEqualTo("bob");
        assertThat(numbers(listed)).containsExactly(1);
        assertThat(delete("lost.md", "", bob).statusCode())
                .as("there is nothing to delete")
                .isEqualTo(404);

        done(send("POST", "/1/restore", "lost.md", bob));
        assertThat(served.get(DOCUMENTS + "/content?path=lost.md", bob).body()).contains("room 12");
        assertThat(deleted(bob)).doesNotContain("lost.md");

        done(delete("lost.md", "", bob));
        done(delete("lost.md", "&versions=true", bob));
        assertThat(get("", "lost.md", root).statusCode()).isEqualTo(404);
        assertThat(deleted(root)).doesNotContain("lost.md");
        assertThat(kept()).noneMatch(text -> text.contains("room 12"));
    }

    private static List<String> kept() {
        try (var files = Files.walk(workspace.folder().resolve(".versions"))) {
            return files.filter(Files::isRegularFile).map(VersionsTest::read).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whoMayNotSeeADocumentSeesNoVersionOfItAndNoCount() {
        upload("pay.md", FOR_HR + "# Pay\n\nThe bonus is 3 percent.\n", anna);
        upload("pay.md", FOR_HR + "# Pay\n\nThe bonus is 4 percent.\n", anna);
        assertThat(numbers(json(get("", "pay.md", anna)))).containsExactly(2, 1);
        assertNothingIsSeen("pay.md");
        assertThat(delete("pay.md", "", bob).statusCode()).isEqualTo(404);
        assertThat(delete("pay.md", "&versions=true", bob).statusCode()).isEqualTo(404);

        done(delete("pay.md", "", anna));
        assertThat(deleted(anna)).contains("pay.md");
        assertNothingIsSeen("pay.md");
    }

    private static void assertNothingIsSeen(String path) {
        assertThat(deleted(bob)).doesNotContain(path);
        for (var reply : List.of(
                get("", path, bob),
                get("/1", path, bob),
                get("/1/file", path, bob),
                get("/2/changes", path, bob),
                send("POST", "/1/restore", path, bob),
                send("DELETE", "/1", path, bob))) {
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(404);
            assertThat(error(reply).path("code").asText()).isEqualTo("document_not_found");
        }
    }

    @Test
    void aVersionThatHadAnAccessListKeepsItWhenTheDocumentIsOpenedToAll() {
        upload("plan.md", FOR_HR + "# Plan\n\nTwo posts are cut.\n", anna);
        upload("plan.md", "# Plan\n\nNothing is planned.\n", anna);
        upload("plan.md", "# Plan\n\nA party is planned.\n", anna);
        assertThat(numbers(json(get("", "plan.md", anna)))).containsExactly(3, 2, 1);
        var listed = json(get("", "plan.md", bob));
        assertThat(numbers(listed)).containsExactly(3, 2);
        assertThat(get("/1", "plan.md", bob).statusCode()).isEqualTo(404);
        assertThat(get("/2/changes?from=1", "plan.md", bob).statusCode()).isEqualTo(404);
        assertThat(get("/2/changes", "plan.md", bob).statusCode()).isEqualTo(400);
        assertThat(json(get("/3/changes", "plan.md", bob)).path("from").asInt()).isEqualTo(2);
    }

    @Test
    void anAccessListHoldsFromTheMomentItIsUploadedAndForWhatCannotBeRead() {
        upload("draft.md", "# Draft\n\nOpen to all.\n", bob);
        // Not waited for: the index still has the open one.
        var second =
                new Form().file("draft.md", FOR_HR + "# Draft\n\nSecret.\n").to(served, DOCUMENTS, anna);
        assertThat(get("", "draft.md", bob).statusCode()).isEqualTo(404);
        assertThat(numbers(json(get("", "draft.md", anna)))).containsExactly(2, 1);
        done(second);

        upload("scan.docx", "PK\u0003\u0004\u0014\u0000\u0000\u0000\b\u0000\u0001\u0002\r", anna);
        assertThat(get("", "scan.docx", bob).statusCode()).isEqualTo(404);
        assertThat(numbers(json(get("", "scan.docx", anna)))).as("her own").containsExactly(1);
        assertThat(get("/1", "scan.docx", anna).statusCode()).isEqualTo(422);
    }

    @Test
    void whatStandsInAFolderOfItsOwnIsKeptThere() {
        var reply = get("", "leave.md", bob);
        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(error(reply).path("message").asText()).contains("was not uploaded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../tandem.yaml", "/etc/passwd", ".", "..", "../../documents/leave.md", "a\u0000b", "x/../a.md"})
    void pathsThatLeadElsewhereHaveNoVersions(String path) {
        for (var reply : List.of(
                get("", path, root),
                get("/1", path, root),
                get("/1/file", path, root),
                send("POST", "/1/restore", path, root),
                send("DELETE", "/1", path, root),
                delete(path, "&versions=true", root))) {
            assertThat(reply.statusCode()).as(reply.body()).isBetween(400, 404);
        }
        assertThat(workspace.folder().resolve("tandem.yaml")).exists();
    }

    @Test
    void numbersThatAreNoVersionsAreUnknown() {
        upload("numbers.md", "# Numbers\n\nOne.\n", bob);
        for (var number : List.of("0", "-1", "99", "x", "1.5", "99999999999", "..%2F1", "history.json")) {
            assertThat(get("/" + number, "numbers.md", bob).statusCode()).isBetween(400, 404);
            assertThat(get("/" + number + "/file", "numbers.md", bob).statusCode())
                    .isBetween(400, 404);
        }
    }

    @Test
    void fiftyMegabytesAreTakenAndTheReasonIsSaidWhyTheyAreNotRead() {
        var job = upload("log.txt", "a line of a log\n".repeat(3_300_000), bob);
        assertThat(job.path("status").asText()).isEqualTo("succeeded");
        assertThat(job.at("/result/skipped/0/path").asText()).isEqualTo("log.txt");
        assertThat(job.at("/result/skipped/0/reason").asText()).contains("more than the limit");
        var listed = json(get("", "log.txt", bob));
        assertThat(listed.at("/versions/0/bytes").asLong()).isGreaterThan(50_000_000);
        done(delete("log.txt", "&versions=true", bob));
    }

    @Test
    void whoMayOnlyAskSeesNone() {
        var key = new ApiKeys(workspace.folder(), Clock.systemUTC());
        var reader = bearer(key, "reader", Role.ASK, Set.of("hr"));
        assertThat(get("", "parking.md", reader).statusCode()).isEqualTo(403);
        assertThat(served.get(DOCUMENTS + "/deleted", reader).statusCode()).isEqualTo(403);
    }
}
