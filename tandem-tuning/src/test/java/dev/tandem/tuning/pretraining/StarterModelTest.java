package dev.tandem.tuning.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.decoder.generation.Generator;
import dev.tandem.decoder.generation.Sampling;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.models.starter.Starter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterModelTest {
    @TempDir
    private Path cache;

    @Test
    void theStarterIsSmallAndAnswersAndEnds() throws Exception {
        var folder = Starter.bundled().folder(cache);

        assertThat(Files.size(folder.resolve("model.safetensors"))).isLessThanOrEqualTo(16_000_000);
        assertThat(folder.resolve("NOTICE")).isNotEmptyFile();
        assertThat(folder.resolve("README.md")).content().contains("license:");
        try (var scope = new PointerScope();
                var tokenizer = Tokenizer.open(folder);
                var decoder = Decoder.open(folder, Placement.best(Precision.BFLOAT16), Decoder.Storage.PLAIN)) {
            var chat = tokenizer.chat(List.of(Map.of("role", "user", "content", "inform(name=x;food=thai)")), true);
            var made = new Generator(decoder, tokenizer, Map.of())
                    .generate(
                            List.of(new Generator.Request(
                                    tokenizer.encode(chat, false),
                                    Optional.empty(),
                                    new Sampling(0, 0, 1, 0, 1, 100, List.of(), 0))),
                            (request, more) -> {},
                            () -> false)
                    .getFirst();
            assertThat(made.ending()).isEqualTo(Generator.Ending.STOP);
            assertThat(made.text()).contains("thai");
        }
    }
}
