package dev.tandem.workspace.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.retrieval.Fusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsEditTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# 😀 mine\nretrieval:\n  fusion: \"precise\"  # why\n  k: 7\n",
                "retrieval:\n  k: 7",
                "retrieval: # nothing yet\n\nanswer:\n  passages: 3\n",
                "answer: {passages: 3}\nretrieval: {k: 7, fusion: words}\n",
                "answer:\n  passages: 3"
            })
    void changesTheValueAndNothingElse(String yaml) {
        var before = SettingsReader.read(yaml, "before");

        var after = SettingsReader.read(SettingsEdit.changed(yaml, "retrieval", "fusion", "lexical"), "after");

        assertThat(after.retrieval()).isEqualTo(before.retrieval().withFusion(Fusion.LEXICAL));
        assertThat(after.answer()).isEqualTo(before.answer());
    }

    @Test
    void takesTheCommentedDefaultsPlace() {
        var changed = SettingsEdit.changed(SettingsText.yaml(), "retrieval", "fusion", "lexical");

        assertThat(changed).isEqualTo(SettingsText.yaml().replace("  # fusion: balanced", "  fusion: lexical"));
    }

    @Test
    void whatCannotBeChangedStaysAsItIs() throws IOException {
        var file = folder.resolve("tandem.yaml");
        Files.writeString(file, "retrieval: {k: 7}\n");

        assertThatThrownBy(() -> SettingsEdit.set(
                        file,
                        "retrieval",
                        "fusion",
                        "lexical",
                        read -> read.retrieval().fusion() == Fusion.LEXICAL))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("fusion: lexical");
        assertThat(file).hasContent("retrieval: {k: 7}\n");
    }
}
