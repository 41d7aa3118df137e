package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tandem.models.starter.Starter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aBuildWithoutTheStarterSaysWhatToNameInstead() throws IOException {
        assumeFalse(Starter.bundled().present(), "this build holds the starter");
        Files.writeString(folder.resolve("train.jsonl"), "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");

        var info = CommandRun.of("model", "info", "starter");
        var tune = CommandRun.of("tune", "--data", folder.resolve("train.jsonl"), "--out", folder.resolve("out"));

        assertThat(info.exitCode()).isNotZero();
        assertThat(info.err()).contains("holds no starter model").contains("--base");
        assertThat(tune.exitCode()).isNotZero();
        assertThat(tune.err()).contains("holds no starter model").contains("tandem model pull");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void tuningWithoutDataSaysWhatIsMissing() {
        assertThat(CommandRun.of("tune", "--out", folder.resolve("out")).err())
                .contains("Name --data and --out, or --resume.");
    }
}
