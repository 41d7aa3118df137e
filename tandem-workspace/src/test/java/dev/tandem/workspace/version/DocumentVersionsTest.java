package dev.tandem.workspace.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentVersionsTest {
    @TempDir
    Path folder;

    private DocumentVersions keeping(int most) {
        return new DocumentVersions(
                folder.resolve("documents"),
                folder.resolve(".versions"),
                most,
                (path, file) -> Optional.of(List.of()),
                Clock.systemUTC());
    }

    private static void put(DocumentVersions versions, String path, String who, String text) {
        versions.put(path, who, Optional.empty(), () -> new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private Path document(String path) {
        return folder.resolve("documents").resolve(path);
    }

    private static List<Integer> earlier(DocumentVersions versions, String path) {
        return versions.of(path).earlier().stream().map(DocumentVersion::number).toList();
    }

    private static String text(DocumentVersions versions, String path, int number) {
        return versions.content(path, number).map(DocumentVersionsTest::read).orElse("none");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theOldestGoFirst() throws IOException {
        var versions = keeping(2);
        IntStream.rangeClosed(1, 5).forEach(i -> put(versions, "a.md", "anna", "text " + i));
        assertThat(earlier(versions, "a.md")).containsExactly(4, 3);
        assertThat(text(versions, "a.md", 4)).isEqualTo("text 4");
        assertThat(text(versions, "a.md", 5)).isEqualTo("text 5");
        assertThat(text(versions, "a.md", 2)).isEqualTo("none");
        assertThat(files()).containsExactly("3.md", "4.md", "a.md", "history.json", "lock");

        keeping(1).prune();
        assertThat(earlier(versions, "a.md")).containsExactly(4);
        assertThat(versions.bytes()).isEqualTo("text 4".length());
    }

    @Test
    void nothingIsKeptWhereNothingIsToBeKept() throws IOException {
        put(keeping(3), "a.md", "anna", "one");
        put(keeping(3), "a.md", "anna", "two");
        var none = keeping(0);
        put(none, "a.md", "anna", "three");
        none.delete("a.md", "anna");
        assertThat(files()).containsExactly("lock");
    }

    /** Whatever it was doing: the disk is as at each step of a replacement. */
    @Test
    void aProcessThatIsKilledBetweenKeepingAndWritingLosesNothing() throws IOException {
        put(keeping(5), "a.md", "anna", "one");
        var dying = new DocumentVersions(
                folder.resolve("documents"),
                folder.resolve(".versions"),
                5,
                (path, file) -> {
                    throw new IllegalStateException("killed");
                },
                Clock.systemUTC());
        assertThatThrownBy(() -> put(dying, "a.md", "bob", "two")).hasMessage("killed");
        assertStandsAsItWas(keeping(5), 1, List.of());

        put(keeping(5), "a.md", "bob", "two");
        Files.writeString(document("a.md"), "one"); // the history was written, the document was not
        assertStandsAsItWas(keeping(5), 1, List.of());
        put(keeping(5), "a.md", "bob", "two");
        assertThat(earlier(keeping(5), "a.md")).containsExactly(1);
        assertThat(keeping(5).of("a.md").newest().orElseThrow().who()).hasValue("bob");

        keeping(5).delete("a.md", "bob");
        Files.writeString(document("a.md"), "two"); // the same of a deletion
        var versions = keeping(5);
        assertThat(versions.of("a.md").newest().orElseThrow().who()).hasValue("bob");
        assertThat(versions.of("a.md").deletion()).isEmpty();
        assertThat(versions.deleted()).isEmpty();
        assertThat(text(versions, "a.md", 1)).isEqualTo("one");
    }

    private static void assertStandsAsItWas(DocumentVersions versions, int newest, List<Integer> earlier) {
        assertThat(versions.of("a.md").newest().orElseThrow().number()).isEqualTo(newest);
        assertThat(versions.of("a.md").newest().orElseThrow().who()).hasValue("anna");
        assertThat(earlier(versions, "a.md")).isEqualTo(earlier);
        assertThat(text(versions, "a.md", newest)).isEqualTo("one");
    }

    @Test
    void whatWasPutThereByHandIsKeptAsNobodys() throws IOException {
        Files.createDirectories(document("a.md").getParent());
        Files.writeString(document("a.md"), "by hand");
        var versions = keeping(5);
        assertThat(versions.of("a.md").newest().orElseThrow().who()).isEmpty();
        put(versions, "a.md", "anna", "hers");
        assertThat(text(versions, "a.md", 1)).isEqualTo("by hand");
        assertThat(versions.of("a.md").earlier().getFirst().who()).isEmpty();
    }

    @Test
    void aDeletedDocumentIsRestoredWithAllThatItWas() {
        var versions = keeping(5);
        put(versions, "a.md", "anna", "one");
        put(versions, "a.md", "bob", "two");
        versions.delete("a.md", "cid");
        assertThat(versions.deleted()).extracting(VersionHistory::path).containsExactly("a.md");
        assertThat(versions.of("a.md").deletion().orElseThrow().who()).hasValue("cid");
        assertThat(versions.restore("a.md", 1, "dora")).isTrue();
        assertThat(read(document("a.md"))).isEqualTo("one");
        assertThat(versions.of("a.md").newest().orElseThrow().restored()).hasValue(1);
        assertThat(earlier(versions, "a.md")).containsExactly(2, 1);
        assertThat(versions.restore("a.md", 9, "dora")).isFalse();
    }

    @Test
    void aPersonIsErased() {
        var versions = keeping(5);
        put(versions, "a.md", "anna", "one");
        put(versions, "a.md", "bob", "two");
        put(versions, "a.md", "anna", "three");
        put(versions, "b.md", "bob", "other");
        versions.delete("b.md", "anna");
        assertThat(versions.erase("nobody", true)).isEqualTo(new DocumentVersions.Erased(0, 0, 0));
        assertThat(versions.erase("anna", true)).isEqualTo(new DocumentVersions.Erased(3, 1, 0));
        assertThat(earlier(versions, "a.md")).containsExactly(2);
        assertThat(versions.of("a.md").newest().orElseThrow().who()).isEmpty();
        assertThat(versions.of("b.md").deletion().orElseThrow().who()).isEmpty();
        assertThat(versions.erase("bob", false)).isEqualTo(new DocumentVersions.Erased(2, 0, 2));
        assertThat(text(versions, "a.md", 2)).isEqualTo("two");
    }

    @Test
    void severalWhoWriteAtOnceLoseNothing() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var writing = IntStream.range(0, 20)
                    .mapToObj(i -> Executors.callable(() -> put(keeping(50), "a.md", "w" + i, "text " + i)))
                    .toList();
            for (var written : threads.invokeAll(writing)) {
                written.get();
            }
        }
        var versions = keeping(50);
        assertThat(versions.of("a.md").all().map(each -> text(versions, "a.md", each.number())))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "text " + i).toList());
    }

    @Test
    void noNameLeadsOutOfTheFolder(@TempDir Path elsewhere) throws IOException {
        var versions = keeping(5);
        for (var path : List.of("../a.md", "/tmp/a.md", "x/../../a.md", "")) {
            assertThatThrownBy(() -> put(versions, path, "anna", "x")).isInstanceOf(IllegalArgumentException.class);
            assertThat(versions.file(path)).isEmpty();
        }
        Files.createDirectories(folder.resolve("documents"));
        Files.createSymbolicLink(document("out"), elsewhere);
        assertThatThrownBy(() -> put(versions, "out/a.md", "anna", "x"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("link");
        assertThat(elsewhere).isEmptyDirectory();
    }
}
