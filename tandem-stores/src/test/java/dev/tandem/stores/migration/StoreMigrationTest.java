package dev.tandem.stores.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.index.Generated;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.PassageIndexConformance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMigrationTest {
    @TempDir
    Path folder;

    private PassageIndex from = LucenePassageIndex.open(Path.of("unused"));
    private PassageIndex to = from;

    @BeforeEach
    void open() {
        from = LucenePassageIndex.open(folder.resolve("from"));
        to = LucenePassageIndex.open(folder.resolve("to"));
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    @Test
    void whatWasMovedIsTheSameAndFindsTheSame() {
        fill(from, 40);

        var moved = new StoreMigration(from, to).run(false, Progress.silent());

        assertThat(moved.copied()).isEqualTo(40);
        assertThat(moved.documents()).isEqualTo(40);
        var agreement = StoreComparison.of(from, to, Progress.silent());
        assertThat(agreement).isEqualTo(new StoreComparison.Agreement(true, 40, 40, 1, 1));
        assertThat(agreement.holds()).isTrue();
    }

    @Test
    void whatIsThereIsNotCopiedAgainAndWhatIsTooMuchGoes() {
        fill(from, 10);
        new StoreMigration(from, to).run(false, Progress.silent());
        PassageIndexConformance.commit(from, Generated.same("doc3"));
        PassageIndexConformance.commit(to, Generated.same("elsewhere"));
        assertThat(StoreComparison.of(from, to, Progress.silent()).holds()).isFalse();

        var moved = new StoreMigration(from, to).run(false, Progress.silent());

        assertThat(moved).isEqualTo(new StoreMigration.Moved(10, moved.passages(), 1, 9, 1));
        assertThat(StoreComparison.of(from, to, Progress.silent()).holds()).isTrue();
    }

    @Test
    void aMoveThatIsCutOffAnswersNothingAndGoesOnWhereItWas() {
        fill(from, 4_000);
        var steps = new ArrayList<Long>();
        Progress dying = (label, total, unit) -> done -> {
            steps.add(done);
            if (steps.size() == 3_000) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> new StoreMigration(from, to).run(false, dying)).hasMessage("killed");
        try (var half = to.snapshot()) {
            assertThat(half.description().encoder()).isNotEqualTo(Generated.DESCRIPTION.encoder());
            assertThat(half.documents()).hasSizeBetween(1_000, 2_999);
        }

        var moved = new StoreMigration(from, to).run(false, Progress.silent());

        assertThat(moved.there()).isBetween(1_000, 2_999);
        assertThat(moved.copied() + moved.there()).isEqualTo(4_000);
        assertThat(StoreComparison.of(from, to, Progress.silent()).holds()).isTrue();
    }

    @Test
    void anotherModelsIndexIsReplacedOnlyWhenAsked() {
        fill(from, 3);
        try (var writing = to.write()) {
            writing.replace(Generated.same("a").document(), Generated.same("a").passages());
            writing.commit(new IndexDescription("another", Generated.DIMENSION, ""));
        }
        assertThatThrownBy(() -> new StoreMigration(from, to).run(false, Progress.silent()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("another")
                .hasMessageContaining("--replace");

        assertThat(new StoreMigration(from, to).run(true, Progress.silent()).copied())
                .isEqualTo(3);
        assertThat(StoreComparison.of(from, to, Progress.silent()).holds()).isTrue();
    }

    @Test
    void anEmptyIndexIsNotMoved() {
        assertThatThrownBy(() -> new StoreMigration(from, to).run(false, Progress.silent()))
                .isInstanceOf(MendableException.class);
    }

    private static void fill(PassageIndex index, int documents) {
        var random = new Random(3);
        var entries = new ArrayList<Generated.Entry>();
        for (int i = 0; i < documents; i++) {
            entries.add(Generated.document("doc" + i, random));
        }
        PassageIndexConformance.commit(index, entries.toArray(Generated.Entry[]::new));
    }
}
