package dev.tandem.bench.starter;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.tuning.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The folder that Tandem ships: the trained model, what it is and is not, whose texts it learned from, and hashes.
 *
 * @param run the training's folder
 * @param out where it goes
 */
public record StarterFolder(Path run, Path out) {
    private static final List<String> FILES = List.of(
            "config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");

    /**
     * Writes it.
     *
     * @param command that made the model, for the card
     */
    public void write(String command, List<Sources.Source> sources, TrainingRun.Result result) throws IOException {
        Files.createDirectories(out);
        var json = new ObjectMapper();
        var record = json.createObjectNode();
        record.put("updates", result.updates())
                .put("tokens", result.tokens())
                .put("random_loss", result.baseLoss())
                .put("held_out_loss", result.bestLoss())
                .put("training_loss", result.trainingLoss());
        var run = json.readTree(this.run.resolve("tandem.json").toFile());
        record.set("settings", run.path("settings"));
        record.put("data_hash", run.path("data_hash").asText());
        record.put("seconds_of_the_last_session", run.path("seconds").asDouble());
        Files.writeString(out.resolve("README.md"), card(command, sources, result));
        Files.writeString(out.resolve("NOTICE"), notice(sources));
        var hashes = record.putObject("sha256");
        for (var name : FILES) {
            Files.copy(this.run.resolve(name), out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            hashes.put(name, hash(out.resolve(name)));
        }
        for (var name : List.of("README.md", "NOTICE")) {
            hashes.put(name, hash(out.resolve(name)));
        }
        Files.writeString(
                out.resolve("starter.json"),
                json.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n");
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String card(String command, List<Sources.Source> sources, TrainingRun.Result result) {
        var rows = new StringBuilder();
        for (var source : sources) {
            rows.append("| " + source.name() + " | " + source.licence() + " | " + source.origin() + " |\n");
        }
        return String.format(
                Locale.ROOT,
                """
                ---
                license: cc-by-sa-4.0
                language: en
                tags: [tandem, data-to-text]
                ---
                # Tandem's starter

                A very small language model (Llama's architecture, 6 layers, 256 wide, 4,096 tokens, bfloat16) that Tandem's own
                trainer made from random weights: %,d updates on %,d tokens, held-out loss %.3f a learned token (%.3f before).
                The command was `%s`.

                **What it is for:** to be tuned on a narrow task, without a download: facts to sentences, short rewriting,
                looking up what stands in the prompt. It learned pieces of up to 384 tokens.

                **What it is not:** an assistant, or a source of facts. It knows next to nothing, its free text is often nonsense,
                it reads English only, and it was not made safe in any way. Take a larger model for anything else.

                ## What it learned from

                | source | licence | origin |
                |---|---|---|
                | RNNLG, restaurant and hotel, training part | Apache-2.0 | github.com/shawnwun/RNNLG |
                | names.txt, as a list of names | MIT | github.com/karpathy/makemore |
                %s| tasks made up by Tandem's generators | as Tandem | this project |

                The share-alike licence of WikiText-2 is taken to hold for the weights. NOTICE names the works one by one.
                """,
                result.updates(),
                result.tokens(),
                result.bestLoss(),
                result.baseLoss(),
                command,
                rows);
    }

    private static String notice(List<Sources.Source> sources) {
        var notice = new StringBuilder(
                "Tandem's starter model learned from these works; all were cleaned, cut and shuffled.\n\n"
                        + "RNNLG, restaurant and hotel (Tsung-Hsien Wen and others), Apache-2.0, github.com/shawnwun/RNNLG\n"
                        + "names.txt (makemore), MIT, github.com/karpathy/makemore\n");
        for (var source : sources) {
            notice.append(source.name() + ", " + source.licence() + ", " + source.origin() + "\n");
            source.credits()
                    .forEach(credit -> notice.append("  - ").append(credit).append('\n'));
        }
        return notice.toString();
    }
}
