package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
    private static final Path BASE = Path.of("../tandem-decoder/src/test/resources/models/qwen2");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeExamples() throws IOException {
        var lines = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            lines.append(
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"say %d\"}, {\"role\": \"assistant\", \"content\": \"yes\"}]}%n"
                            .formatted(i));
        }
        Files.writeString(folder.resolve("train.jsonl"), lines);
        Files.writeString(folder.resolve("general.jsonl"), "{\"text\": \"something else\"}\n");
    }

    @Test
    void examplesBecomeAnAdapterThatAnswersLikeThem() throws Exception {
        var out = folder.resolve("voice");
        var run = CommandRun.of(
                "tune",
                "--base",
                BASE,
                "--data",
                folder.resolve("train.jsonl"),
                "--out",
                out,
                "--epochs",
                60,
                "--learning-rate",
                "0.02",
                "--eval-every",
                10,
                "--patience",
                9,
                "--max-length",
                120,
                "--general",
                folder.resolve("general.jsonl"),
                "--samples",
                1,
                "--report",
                folder.resolve("report.html"),
                "--json");
        // Progress alone, which comes where the machine is slow.
        assertThat(run.err().lines()).allMatch(line -> line.matches("(Tuning|The .* answers?|Measuring .*): .*"));
        assertThat(run.exitCode()).isZero();
        var json = run.json();
        assertThat(json.get("held_out_loss").asDouble())
                .isLessThan(0.4 * json.get("base_loss").asDouble());
        assertThat(json.get("general_base_loss").asDouble()).isPositive();
        assertThat(json.get("general_loss").asDouble()).isPositive();
        assertThat(json.get("warnings").isArray()).isTrue();
        assertThat(json.get("base_perplexity").asDouble())
                .isEqualTo(Math.exp(json.get("base_loss").asDouble()));
        assertThat(json.get("samples")).hasSize(1);
        var sample = json.get("samples").get(0);
        assertThat(sample.get("prompt").asText()).startsWith("say ");
        assertThat(sample.get("expected").asText()).isEqualTo("yes");
        assertThat(sample.get("base").asText()).isNotEqualTo("yes");
        assertThat(sample.get("tuned").asText()).isEqualTo("yes");
        var page = Files.readString(folder.resolve("report.html"));
        assertThat(page).contains("<svg", "say ");
        assertThat(json.get("report").asText())
                .isEqualTo(folder.resolve("report.html").toString());
        var later = folder.resolve("later.html");
        assertThat(CommandRun.of("adapter", "show", out, "--report", later).out())
                .contains("later.html");
        assertThat(later).content().isEqualTo(page);
        assertThat(out).isDirectoryContaining("glob:**/tandem.json").isDirectoryContaining("glob:**/README.md");

        var answer = CommandRun.of(
                "generate", "--base", BASE, "--adapter", out, "--prompt", "say 3", "--max-tokens", 9, "--json");
        assertThat(answer.json().get("text").asText()).isEqualTo("yes");
        assertThat(answer.json().get("finish_reason").asText()).isEqualTo("stop");

        var measured = CommandRun.of(
                        "perplexity",
                        "--base",
                        BASE,
                        "--adapter",
                        out,
                        "--data",
                        folder.resolve("train.jsonl"),
                        "--json")
                .json();
        assertThat(measured.get("adapters")
                        .get(out.toString())
                        .get("perplexity")
                        .asDouble())
                .isGreaterThan(1)
                .isLessThan(measured.get("base").get("perplexity").asDouble());

        var shown = CommandRun.of("adapter", "show", out, "--json").json();
        assertThat(shown.get("rank").asInt()).isEqualTo(64);
        var listed = CommandRun.of("adapter", "list", folder, "--json").json();
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("held_out_loss").asDouble())
                .isEqualTo(json.get("held_out_loss").asDouble());
        assertThat(CommandRun.of("adapter", "list", folder).out())
                .contains("voice")
                .contains("lora");
        var gguf = folder.resolve("voice.gguf");
        assertThat(CommandRun.of("adapter", "export", out, "--format", "gguf", "--out", gguf)
                        .exitCode())
                .isZero();
        assertThat(gguf).isNotEmptyFile();
        var copy = folder.resolve("copy");
        assertThat(CommandRun.of(
                                "adapter", "export", out, "--format", "peft", "--base-name", "some/base", "--out", copy)
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("adapter", "show", copy, "--json")
                        .json()
                        .get("base")
                        .asText())
                .isEqualTo("some/base");
        assertThat(CommandRun.of("generate", "--base", BASE, "--adapter", copy, "--prompt", "say 3", "--max-tokens", 9)
                        .out())
                .isEqualToIgnoringNewLines("yes");
        assertThat(CommandRun.of("adapter", "export", copy, "--format", "gguf", "--out", folder.resolve("no.gguf"))
                        .err())
                .contains("--base");
        assertThat(CommandRun.of(
                                "adapter", "merge", "--base", BASE, "--adapter", out, "--out", folder.resolve("merged"))
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("generate", "--base", folder.resolve("merged"), "--prompt", "say 3", "--max-tokens", 9)
                        .out())
                .isEqualToIgnoringNewLines("yes");

        var again = CommandRun.of("tune", "--base", BASE, "--data", folder.resolve("train.jsonl"), "--out", out);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("already");
        assertThat(CommandRun.of("tune", "--resume", out).err()).contains("finished");
    }

    @Test
    void aSearchKeepsWhatWasGivenAndSaysWhatItFound() throws Exception {
        writeManyExamples();
        var out = folder.resolve("searched");
        Object[] search = {
            "tune",
            "--base",
            BASE,
            "--data",
            folder.resolve("many.jsonl"),
            "--out",
            out,
            "--search",
            "10m",
            "--epochs",
            1,
            "--learning-rate",
            "0.02",
            "--rank",
            4,
            "--alpha",
            8,
            "--target",
            "q_proj,v_proj",
            "--max-length",
            64
        };

        var run = CommandRun.of(search);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("Searching settings");
        assertThat(run.out())
                .contains("Rung 1 of 2: 3 configurations")
                .contains("Rung 2 of 2: 2 configurations")
                .containsPattern("default +0\\.02 +16 +4 +8 +q,v")
                .contains("On the final part (10 examples")
                .contains("trials.svg");
        assertThat(CommandRun.of("adapter", "show", out, "--json")
                        .json()
                        .get("rank")
                        .asInt())
                .isEqualTo(4);
        assertThat(CommandRun.of(search).err()).contains("already");
        assertThat(CommandRun.of("tune", "--resume", out).err()).contains("finished");
        search[6] = folder.resolve("again");
        var all = new java.util.ArrayList<Object>(java.util.List.of(search));
        all.add("--json");
        var json = CommandRun.of(all.toArray()).json();
        assertThat(json.get("trials")).hasSize(5).allSatisfy(trial -> {
            assertThat(trial.get("learning_rate").asDouble()).isEqualTo(0.02);
            assertThat(trial.get("rank").asInt()).isEqualTo(4);
            assertThat(trial.get("batch").asInt()).isIn(8, 16, 32);
        });
        double byDefault = json.get("final_loss_of_default").asDouble();
        assertThat(json.get("final_loss").asDouble()).isLessThanOrEqualTo(byDefault);
        assertThat(json.get("gain").asDouble())
                .isEqualTo(byDefault - json.get("final_loss").asDouble());
    }

    @Test
    void whatCannotBeSearchedIsOneSentence() throws IOException {
        var few = CommandRun.of(
                "tune",
                "--base",
                BASE,
                "--data",
                folder.resolve("train.jsonl"),
                "--out",
                folder.resolve("o"),
                "--search",
                "5m");
        assertThat(few.exitCode()).isEqualTo(1);
        assertThat(few.err()).contains("at least 50 examples").contains("has 12");

        var noTime = CommandRun.of(
                "tune",
                "--base",
                BASE,
                "--data",
                folder.resolve("train.jsonl"),
                "--out",
                folder.resolve("o"),
                "--search",
                "20x");
        assertThat(noTime.exitCode()).isEqualTo(2);
        assertThat(noTime.err()).contains("'20x' is no time, such as 20m");

        writeManyExamples();
        var nothing = CommandRun.of(
                "tune",
                "--base",
                BASE,
                "--data",
                folder.resolve("many.jsonl"),
                "--out",
                folder.resolve("o"),
                "--search",
                "5m",
                "--learning-rate",
                "1e-3",
                "--rank",
                4,
                "--alpha",
                8,
                "--target",
                "q_proj",
                "--batch",
                8);
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.err()).contains("nothing to search");
    }

    private void writeManyExamples() throws IOException {
        var words = new String[] {"north", "south", "red", "blue", "seven", "dog", "cup", "sky"};
        var lines = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            lines.append(
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"%s %s\"}, {\"role\": \"assistant\", \"content\": \"%s\"}]}%n"
                            .formatted(words[i % 8], words[i / 8], words[i % 8]));
        }
        Files.writeString(folder.resolve("many.jsonl"), lines);
    }

    @Test
    void theBaseIsShownBeforeTrainingAndBothSideBySideAfterIt() throws IOException {
        var run = CommandRun.of(
                "tune",
                "--base",
                BASE,
                "--data",
                folder.resolve("train.jsonl"),
                "--out",
                folder.resolve("voice"),
                "--method",
                "full",
                "--epochs",
                1,
                "--max-length",
                120);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .containsPattern("Held-out loss of the base: \\d\\.\\d{3} \\(perplexity ")
                .containsPattern("prompt    say .*\nbase      [\\s\\S]*\nexpected  yes")
                .doesNotContain("tuned  ");
        assertThat(run.out())
                .containsPattern("prompt    say .*\nbase      [\\s\\S]*\ntuned     [\\s\\S]*\nexpected  yes")
                .containsPattern("base \\d\\.\\d{3} \\(perplexity .*, tuned ");
        // What was tuned fully is no adapter, but a run all the same.
        var page = folder.resolve("full.html");
        assertThat(CommandRun.of("adapter", "show", folder.resolve("voice"), "--report", page)
                        .exitCode())
                .isZero();
        assertThat(page).content().contains("Full tuning of qwen2");
    }

    @Test
    void manyPromptsAreAnsweredOnceEach() throws Exception {
        Files.writeString(folder.resolve("p.jsonl"), """
                {"id": "a", "prompt": "abc"}
                {"id": "b", "messages": [{"role": "user", "content": "hello"}]}
                """);
        var out = folder.resolve("o.jsonl");
        Files.writeString(out, "{\"id\": \"a\", \"text\": \"answered before\"}\n");

        var run = CommandRun.of(
                "generate", "--base", BASE, "--prompts", folder.resolve("p.jsonl"), "--out", out, "--max-tokens", 5);

        assertThat(run.exitCode()).isZero();
        assertThat(Files.readAllLines(out)).hasSize(2).element(1).asString().contains("\"id\":\"b\"");
        assertThat(CommandRun.of("generate", "--base", BASE, "--prompts", folder.resolve("p.jsonl"), "--out", out)
                        .err())
                .contains("answered already");
    }

    @Test
    void faultsAreOneSentence() throws IOException {
        Files.writeString(
                folder.resolve("bad.jsonl"), "{\"messages\": [{\"role\": \"wizard\", \"content\": \"x\"}]}\n");
        for (var run : new CommandRun[] {
            CommandRun.of("tune", "--base", BASE, "--data", folder.resolve("bad.jsonl"), "--out", folder.resolve("o")),
            CommandRun.of(
                    "tune", "--base", folder, "--data", folder.resolve("train.jsonl"), "--out", folder.resolve("o")),
            CommandRun.of("tune", "--base", BASE, "--data", folder.resolve("none.jsonl"), "--out", folder.resolve("o")),
            CommandRun.of("tune", "--resume", folder),
            CommandRun.of(
                    "tune",
                    "--base",
                    BASE,
                    "--data",
                    folder.resolve("train.jsonl"),
                    "--out",
                    folder.resolve("o"),
                    "--report",
                    folder.resolve("train.jsonl")),
            CommandRun.of("adapter", "show", folder, "--report", folder.resolve("r.html")),
            CommandRun.of("generate", "--base", BASE, "--prompt", "x", "--temperature", "-1"),
            CommandRun.of("generate", "--base", BASE, "--adapter", folder, "--prompt", "x"),
            CommandRun.of("perplexity", "--base", folder, "--data", folder.resolve("train.jsonl")),
            CommandRun.of("perplexity", "--base", BASE, "--data", folder.resolve("bad.jsonl")),
            CommandRun.of("model", "info", folder),
            CommandRun.of("adapter", "show", folder)
        }) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().strip()).isNotEmpty().doesNotContain("\tat ");
        }
        assertThat(CommandRun.of("model", "list", BASE.resolveSibling("")).out())
                .contains("qwen2")
                .contains("gemma3_text")
                .contains(" parameters");
        assertThat(CommandRun.of("model", "list", folder).out()).contains("tandem model pull");
        assertThat(CommandRun.of("model", "list", folder.resolve("none")).exitCode())
                .isEqualTo(1);
        assertThat(CommandRun.of("model", "pull", "noslash").err()).contains("OWNER/NAME");
        assertThat(CommandRun.of("adapter", "list", folder).out()).contains("No adapters");
        assertThat(CommandRun.of("tune").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("model", "info", BASE).out()).contains("qwen2").contains("qlora");
    }
}
