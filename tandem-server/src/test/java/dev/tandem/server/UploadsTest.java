package dev.tandem.server;

import static dev.tandem.server.Served.error;
import static dev.tandem.server.Served.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.Role;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ByteSize;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {
    private static final String DOCUMENTS = "/api/documents";
    private static final int MOST = 200_000;

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Served served;

    @BeforeAll
    static void serve() {
        workspace = Served.workspace(folder);
        served = Served.start(workspace, settings -> settings.withMaxUpload(new ByteSize(MOST)));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static String job(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        return json(reply).at("/job/id").asText();
    }

    @Test
    void whatIsUploadedIsFoundShownAndDeleted() {
        var id = job(new Form()
                .file("parking.md", "# Parking\n\n## Visitors\n\nVisitors park in garage B, level 2.\n")
                .file("café.txt", "The café opens at 7:30.")
                .to(served, DOCUMENTS));

        var job = Followed.end(served, id);
        assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("succeeded");
        assertThat(job.at("/result/added").asInt()).isEqualTo(2);
        var found = json(served.post("/api/search", "{\"question\": \"Where do visitors park?\"}"));
        assertThat(found.at("/results/0/document").asText()).isEqualTo("parking.md");

        var listed = json(served.get(DOCUMENTS + "?filter=" + encoded("path = \"parking.md\"")));
        assertThat(listed.path("total").asInt()).isEqualTo(1);
        assertThat(listed.at("/documents/0/format").asText()).isEqualTo("markdown");
        assertThat(listed.at("/documents/0/uploaded").asBoolean()).isTrue();
        var content = json(served.get(DOCUMENTS + "/content?path=parking.md"));
        assertThat(content.at("/passages/0/text").asText()).contains("garage B");
        assertThat(content.at("/passages/0/headings/0").asText()).isEqualTo("Visitors");
        assertThat(served.get(DOCUMENTS + "/content?path=parking.md&passage=7").statusCode())
                .isEqualTo(404);

        Followed.end(
                served,
                job(served.send(served.request(DOCUMENTS + "?path=parking.md").DELETE())));
        assertThat(served.get(DOCUMENTS + "/content?path=parking.md").statusCode())
                .isEqualTo(404);
        assertThat(workspace.folder().resolve("documents/parking.md")).doesNotExist();
    }

    @Test
    void aBrokenFileIsReportedWithItsReasonAndDoesNotStopTheOthers() {
        var id = job(new Form()
                .file("broken.docx", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3})
                .file("whole.txt", "The printer is on the third floor.")
                .to(served, DOCUMENTS));

        var job = Followed.end(served, id);
        assertThat(job.path("status").asText()).isEqualTo("succeeded");
        assertThat(job.at("/result/skipped/0/path").asText()).isEqualTo("broken.docx");
        assertThat(job.at("/result/skipped/0/reason").asText()).isNotBlank();
        assertThat(served.get(DOCUMENTS + "/content?path=whole.txt").statusCode())
                .isEqualTo(200);
    }

    @Test
    void documentsOfOtherSourcesAreNotDeletedHere() {
        var reply = served.send(served.request(DOCUMENTS + "?path=leave.md").DELETE());
        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(error(reply).path("message").asText()).contains("was not uploaded");

        assertThat(Followed.end(served, job(served.post("/api/ingest", "")))
                        .at("/result/unchanged")
                        .asInt())
                .isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../leave.md", "..\\\\leave.md", "/etc/notes.md", "C:\\\\notes.md", "a/b.md", ".hidden.md", "..",
                        "con.md",
                "tandem.yaml", "metadata.yaml", "virus.exe", "name", "x.md.", "a\u0000.md", "%2e%2e%2fleave.md/",
                        "~$x.docx"
            })
    void namesThatAreMoreThanNamesAreRefused(String name) throws IOException {
        var before = files();
        var reply = new Form().file(name, "# Evil\n\ntext").to(served, DOCUMENTS);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        error(reply);
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../tandem.yaml", "/etc/passwd", "", ".", "..", "../../documents/leave.md", "a\u0000b"})
    void pathsOutsideOfTheDocumentsAreNotDeletedOrShown(String path) {
        var deleted =
                served.send(served.request(DOCUMENTS + "?path=" + encoded(path)).DELETE());
        assertThat(deleted.statusCode()).as(deleted.body()).isBetween(400, 409);
        assertThat(served.get(DOCUMENTS + "/content?path=" + encoded(path)).statusCode())
                .isBetween(400, 404);
        assertThat(workspace.folder().resolve("tandem.yaml")).exists();
    }

    @Test
    void anUploadThatIsTooLargeIsRefusedAndLeavesNothing() throws IOException {
        var before = files();
        for (var reply : new HttpResponse<?>[] {
            new Form().file("big.txt", "a".repeat(3 * MOST)).to(served, DOCUMENTS),
            new Form().file("big.txt", "a".repeat(3 * MOST)).inChunksTo(served, DOCUMENTS),
            new Form()
                    .text("purpose", "assistants")
                    .file("big.txt", "a".repeat(3 * MOST))
                    .to(served, "/v1/files")
        }) {
            assertThat(reply.statusCode()).as(String.valueOf(reply.body())).isEqualTo(413);
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void whatIsNoFormIsRefused() {
        assertThat(served.post(DOCUMENTS, "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(415);
        var broken = served.post(DOCUMENTS, "--x\r\nnothing", "Content-Type", "multipart/form-data; boundary=x");
        assertThat(broken.statusCode()).as(broken.body()).isEqualTo(400);
        error(broken);
        assertThat(new Form().text("file", "no file").to(served, DOCUMENTS).statusCode())
                .isEqualTo(400);
    }

    @Test
    void onlyEditorsChangeDocumentsAndSeeJobs(@TempDir Path other) {
        var kb = Served.workspace(other);
        var key = new ApiKeys(kb.folder(), Clock.systemUTC()).create("reader", Role.ASK, Set.of(), Optional.empty());
        var bearer = new String[] {"Authorization", "Bearer " + key.secret()};
        try (var guarded = Served.start(kb)) {
            assertThat(new Form()
                            .file("a.md", "# A")
                            .to(guarded, DOCUMENTS, bearer)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(guarded.get("/api/jobs", bearer).statusCode()).isEqualTo(403);
            assertThat(guarded.get("/v1/files", bearer).statusCode()).isEqualTo(403);
            assertThat(guarded.post("/v1/fine_tuning/jobs", "{}", bearer).statusCode())
                    .isEqualTo(403);
            assertThat(json(guarded.get(DOCUMENTS + "?limit=2&offset=1", bearer))
                            .path("documents"))
                    .extracting(each -> each.path("path").asText())
                    .containsExactly("returns.md", "vpn.md");
        }
    }

    @Test
    void anEventStreamGoesOnFromWhereAClientWas() {
        var id = job(new Form().file("late.txt", "Deliveries come at noon.").to(served, DOCUMENTS));
        var all = Followed.events(served, id);
        assertThat(all.getLast().path("message").asText()).isEqualTo("The job has succeeded.");
        var rest = Followed.events(
                served, id, "Last-Event-ID", all.get(1).path("number").asText());
        assertThat(rest).isEqualTo(all.subList(2, all.size()));
        assertThat(served.get("/api/jobs/job-none/events").statusCode()).isEqualTo(404);
    }

    private static java.util.List<Path> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(workspace.stateFolder()))
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("server.db"))
                    .sorted()
                    .toList();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
