package dev.tandem.evaluation.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
    private final Path file;

    RunStoreTest(@TempDir Path folder) {
        file = folder.resolve("runs.db");
    }

    @Test
    void aRunIsNamedByItsIdByHowThatBeginsAndByHowLongAgoItWas() {
        var store = store("k3f9q2", "k3zzzz", "baseline");
        assertThat(RunIds.find(store, "k3f9q2").id()).isEqualTo("k3f9q2");
        assertThat(RunIds.find(store, "k3f").id()).isEqualTo("k3f9q2");
        assertThat(RunIds.find(store, "last").id()).isEqualTo("baseline");
        assertThat(RunIds.find(store, "last~2").id()).isEqualTo("k3f9q2");
        assertMendable(() -> RunIds.find(store, "k3"), "Several runs begin with k3 (k3zzzz, k3f9q2)");
        assertMendable(() -> RunIds.find(store, "x"), "There is no run 'x'; the newest are baseline, k3zzzz, k3f9q2");
        assertMendable(() -> RunIds.find(store, "last~3"), "there are 3 in all");
    }

    @Test
    void anIdThatIsTheBeginningOfAnotherIsMeantItself() {
        assertThat(RunIds.find(store("base", "baseline"), "base").id()).isEqualTo("base");
    }

    @Test
    void aFileThatIsNoStoreIsRefusedAndLeftAlone() throws Exception {
        var text = "Dear diary, ".repeat(400);
        Files.writeString(file, text);
        assertMendable(() -> RunStore.open(new SqlitePlace(file)), file + " is no store of runs: move it away");
        assertThat(file).hasContent(text);
    }

    @Test
    void aDamagedFileIsToldFromAGoodOne() throws Exception {
        store("a", "b");
        var bytes = Files.readAllBytes(file);
        java.util.Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
        assertMendable(() -> RunStore.open(new SqlitePlace(file)).list(), file + " is damaged");
    }

    @Test
    void theRunsOfANewerTandemAreRefused() throws Exception {
        store("a");
        execute("""
                insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (2, '2', 'more', 'SQL', 'V2__more.sql', 1, '', 1, 1)""");
        assertMendable(
                () -> RunStore.open(new SqlitePlace(file)),
                "written by a newer Tandem (schema 2, this one knows up to 1)");
    }

    @Test
    void aFolderInPlaceOfTheFileIsToldOf() throws Exception {
        Files.createDirectory(file);
        assertMendable(() -> RunStore.open(new SqlitePlace(file)), "Cannot open " + file);
    }

    @Test
    void lookingForRunsMakesNoStore() {
        assertMendable(() -> RunStore.openExisting(new SqlitePlace(file)), "There are no runs yet");
        assertThat(file).doesNotExist();
    }

    @Test
    void theStoreIsOneFile() {
        store("a");
        assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
        assertThat(file.getParent()).isDirectoryNotContaining(path -> !path.equals(file));
    }

    private RunStore store(String... ids) {
        var store = RunStore.open(new SqlitePlace(file));
        for (var id : ids) {
            store.begin(new EvaluationRun(
                    id,
                    "rag",
                    "t.jsonl",
                    "hash",
                    Map.of("k", "5"),
                    1,
                    "1",
                    Instant.parse("2026-11-26T12:00:00Z"),
                    Optional.empty(),
                    List.of()));
        }
        return store;
    }

    private void execute(String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertMendable(org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String message) {
        assertThatThrownBy(work).isInstanceOf(MendableException.class).hasMessageContaining(message);
    }
}
