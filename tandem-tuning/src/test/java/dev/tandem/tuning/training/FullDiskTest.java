package dev.tandem.tuning.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.dataset.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a disk with little room. */
class FullDiskTest {
    private static final int BLOCK = 1 << 12;

    @TempDir
    private Path folder;

    private Optional<TrainingRun.Data> data = Optional.empty();

    @BeforeEach
    void read() throws IOException {
        var file = Runs.examples(folder.resolve("train.jsonl"), List.of("one:1", "two:2", "three:3", "four:4"));
        try (var tokenizer = Tokenizer.open(Runs.BASE)) {
            var read = Dataset.read(file, tokenizer, 64);
            data = Optional.of(new TrainingRun.Data(read, read, Optional.empty(), ""));
        }
    }

    @Test
    void whereverItFillsUpTheCheckpointBeforeIsWholeAndTheRunGoesOnFromIt() throws IOException {
        run(folder.resolve("whole"));
        var expected = Files.readAllBytes(folder.resolve("whole/adapter_model.safetensors"));
        int refused = 0;
        int resumed = 0;
        for (int blocks = 3; blocks < 36; blocks += 4) {
            try (var disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                    .setBlockSize(BLOCK)
                    .setMaxSize((long) BLOCK * blocks)
                    .build())) {
                var out = disk.getPath("/out");
                try {
                    run(out);
                } catch (MendableException full) {
                    assertThat(full).hasMessageContaining("/out").hasMessageContaining("cannot be written");
                    refused++;
                    boolean begun = Checkpoint.newest(out).isPresent();
                    resumed += begun ? 1 : 0;
                    var rescued = copy(out, folder.resolve("rescued-" + blocks));
                    assertThat(Checkpoint.newest(rescued).isPresent()).isEqualTo(begun);
                    run(rescued);
                    assertThat(Files.readAllBytes(rescued.resolve("adapter_model.safetensors")))
                            .isEqualTo(expected);
                }
            }
        }
        assertThat(refused).isBetween(2, 7);
        assertThat(resumed).isPositive();
    }

    private void run(Path out) {
        var settings = Runs.settings(TuningSettings.Method.LORA, 4);
        new TrainingRun(Runs.BASE, out, data.orElseThrow(), settings, Runs.PLACEMENT).run(update -> {}, () -> false);
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }
}
