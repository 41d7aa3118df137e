package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theStarterIsTheBaseWhereNoneIsNamed() throws IOException {
        var lines = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            lines.append("{\"prompt\": \"colour of %d?\", \"completion\": \"blue\"}\n".formatted(i));
        }
        Files.writeString(folder.resolve("train.jsonl"), lines);
        var out = folder.resolve("out");

        var tune = CommandRun.of("tune", "--data", folder.resolve("train.jsonl"), "--epochs", "1", "--out", out);

        assertThat(tune.exitCode()).as(tune.err()).isZero();
        assertThat(out.resolve("adapter_model.safetensors")).isNotEmptyFile();
        var settings = Files.readString(out.resolve("tandem.json"));
        assertThat(settings).contains("\"learning_rate\" : 0.003").contains("\"rank\" : 64");
        var info = CommandRun.of("model", "info", "starter");
        assertThat(info.exitCode()).isZero();
        assertThat(info.out()).contains("llama").contains("cc-by-sa-4.0");
    }

    @Test
    void tuningWithoutDataSaysWhatIsMissing() {
        assertThat(CommandRun.of("tune", "--out", folder.resolve("out")).err())
                .contains("Name --data and --out, or --resume.");
    }
}
