package dev.tandem.evaluation.testset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSetFileTest {
    private static final String FIRST = "{\"id\":\"a\" ,  \"question\":\"Why so?\",\"demo\":true}";
    private static final String SECOND =
            "{\"id\":\"b\",\"note\":{\"x\":[1]},\"question\":\"How?\",\"answers\":[\"so\"],\"reviewed\":false}";

    private final Path path;
    private final TestSetFile file;

    TestSetFileTest(@TempDir Path folder) throws IOException {
        path = folder.resolve("deep/testset.jsonl");
        file = new TestSetFile(path);
        Files.createDirectories(path.getParent());
        Files.writeString(path, FIRST + "\n\n" + SECOND + "\n");
    }

    @Test
    void whatIsNotChangedStaysToTheByteAndUnknownFieldsStayEverywhere() throws IOException {
        file.accept(Set.of("b"));
        assertThat(Files.readAllLines(path))
                .hasSize(3)
                .startsWith(FIRST, "")
                .last()
                .asString()
                .contains("\"note\":{\"x\":[1]}", "\"reviewed\":true");
        file.drop(Set.of("a"));
        assertThat(file.cases()).extracting(TestCase::id).containsExactly("b");
    }

    @Test
    void casesAreAddedBehindAndReadBackAsTheyWere() {
        var added = new TestCase(
                "c",
                "Wo steht „das“?",
                List.of("x | y", "ä\nb"),
                List.of("d.md"),
                QuestionType.CHANGED,
                Optional.of("a = 1"),
                Optional.of(Difficulty.HARD),
                Optional.of("hr"),
                Optional.of("draft:fact"),
                false);
        file.append(List.of(added));
        assertThat(file.cases()).hasSize(3).last().isEqualTo(added);
        var without = new TestCase(
                "a",
                "Why not?",
                List.of(),
                List.of(),
                QuestionType.UNANSWERABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
        file.replace(without);
        assertThat(file.cases().getFirst()).isEqualTo(without);
    }

    @Test
    void aFileIsMadeWhereNoneIs_anUnknownIdAndABrokenLineAreSaid() throws IOException {
        var fresh = new TestSetFile(path.resolveSibling("new.jsonl"));
        assertThat(fresh.cases()).isEmpty();
        fresh.append(file.cases());
        assertThat(fresh.cases()).isEqualTo(file.cases());

        assertThatThrownBy(() -> file.drop(Set.of("zz")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("'zz'");
        Files.writeString(path, FIRST + "\n{\"id\": \n");
        assertThatThrownBy(() -> file.accept(Set.of("a")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("line 2");
        assertThat(Files.readString(path)).startsWith(FIRST + "\n");
    }
}
