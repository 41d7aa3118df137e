package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetGateTest {
    private static final Path MODEL = Path.of("../tandem-decoder/src/test/resources/models/qwen2");

    @TempDir
    private Path folder;

    private Path train;
    private Path test;

    @BeforeEach
    void writeExamples() throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 1; i <= 120; i++) {
            lines.add(line(text(i, 9), text(1_000 + i, 12)));
        }
        lines.set(4, lines.get(2));
        lines.set(5, line(text(6, 9), "Mail to <b>jane@example.org</b> about it."));
        lines.set(6, line(text(7, 9), "N/A"));
        train = write("train.jsonl", lines);
        test = write("test.jsonl", List.of(line(text(3, 9), "another"), line(text(501, 9), text(502, 9))));
    }

    @Test
    void leakageIsRefusedUnlessItIsAllowed() throws Exception {
        var run = CommandRun.of("dataset", "check", train, "--against", test, "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        var json = run.json();
        assertThat(json.get("leaks").asBoolean()).isTrue();
        assertThat(json.at("/leakage/0/leaks/0/line").asInt()).isEqualTo(1);
        assertThat(json.at("/leakage/0/leaks/0/training_line").asInt()).isEqualTo(3);
        assertThat(json.at("/findings/0/kind").asText()).isEqualTo("leakage");
        assertThat(CommandRun.of("dataset", "check", train, "--against", test, "--allow-leakage")
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("dataset", "check", train).exitCode()).isZero();
    }

    @Test
    void theCleanedCopyHasNothingLeftOfWhatItMends() throws Exception {
        var clean = folder.resolve("clean.jsonl");
        var run = CommandRun.of(
                "dataset", "check", train, "--against", test, "--allow-leakage", "--fix", clean, "--json");
        assertThat(run.json().get("cleaned"))
                .isEqualTo(new ObjectMapper().readTree("{\"kept\": 117, \"left_out\": 3, \"redacted\": 1}"));
        assertThat(Files.readString(clean)).contains("<b>[email_address]</b>").doesNotContain("jane@example.org");
        var again = CommandRun.of("dataset", "check", clean, "--against", test, "--json");
        assertThat(again.exitCode()).isZero();
        assertThat(again.json().get("findings")).isEmpty();
        assertThat(CommandRun.of("dataset", "check", train, "--fix", clean).err())
                .contains("--force");
    }

    @Test
    void thePageStandsAloneAndCannotBeChangedByTheData() throws Exception {
        var page = folder.resolve("report.html");
        assertThat(CommandRun.of("dataset", "check", train, "--report", page).out())
                .contains("jane@example.org", "line 6");
        assertThat(Files.readString(page))
                .contains("<svg", "&lt;b&gt;jane@example.org")
                .doesNotContain("<b>jane", "http://", "https://", "<script", "<link");
    }

    @Test
    void aModelsContextAndKindsOfPersonalDataAreOptions() throws Exception {
        var json = CommandRun.of("dataset", "check", train, "--model", MODEL, "--personal", "none", "--json")
                .json();
        assertThat(json.get("personal_data")).isEmpty();
        assertThat(CommandRun.of("dataset", "check", train, "--personal", "shoe-size")
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("dataset", "check", folder.resolve("none.jsonl"))
                        .exitCode())
                .isEqualTo(1);
        assertThat(CommandRun.of("dataset", "check", train, "--documents", folder)
                        .err())
                .contains("--against");
    }

    @Test
    void aListInOneLineIsNamedByNumbers() throws Exception {
        var list = folder.resolve("list.json");
        Files.writeString(list, "[" + String.join(",", Files.readAllLines(train)) + "]");
        var clean = folder.resolve("clean.jsonl");
        var json = CommandRun.of("dataset", "check", list, "--fix", clean, "--json")
                .json();
        assertThat(json.at("/cleaned/kept").asInt()).isEqualTo(118);
        assertThat(Files.readAllLines(clean)).hasSize(118);
    }

    @Test
    void faultyLinesAreAFindingAndNoEnd() throws Exception {
        Files.writeString(train, Files.readString(train) + "{\"messages\": 3}\n");
        var json = CommandRun.of("dataset", "check", train, "--json").json();
        assertThat(json.at("/examples").asInt()).isEqualTo(120);
        assertThat(json.at("/findings/0/kind").asText()).isEqualTo("unreadable");
        assertThat(json.at("/findings/0/lines/0").asInt()).isEqualTo(121);
    }

    @Test
    void aSplitIsCleanOfLeakage() throws Exception {
        var out = folder.resolve("split");
        var json = CommandRun.of("dataset", "split", train, "--test", "20%", "--validation", 12, "--out", out, "--json")
                .json();
        assertThat(json.at("/parts/test/examples").asInt()).isEqualTo(24);
        assertThat(json.at("/parts/validation/examples").asInt()).isEqualTo(12);
        assertThat(CommandRun.of(
                                "dataset",
                                "check",
                                out.resolve("train.jsonl"),
                                "--against",
                                out.resolve("test.jsonl"),
                                "--against",
                                out.resolve("validation.jsonl"))
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("dataset", "split", train, "--out", out).err()).contains("--force");
        assertThat(CommandRun.of("dataset", "split", train, "--test", "half", "--out", out)
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void tuningIsRefusedWhereTheDataGiveTheHeldOutFileAway() {
        var run = CommandRun.of(
                "tune", "--base", MODEL, "--data", train, "--eval", test, "--out", folder.resolve("adapter"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--allow-leakage", "line 1 is line 3");
        assertThat(folder.resolve("adapter")).doesNotExist();
    }

    private static String text(int seed, int words) {
        var random = new Random(seed);
        var text = new StringBuilder("The");
        for (int i = 0; i < words; i++) {
            text.append(' ');
            for (int letter = 0; letter < 6; letter++) {
                text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.append('.').toString();
    }

    private static String line(String question, String answer) {
        return "{\"messages\": [{\"role\": \"user\", \"content\": \"%s\"}, {\"role\": \"assistant\", \"content\": \"%s\"}]}"
                .formatted(question, answer);
    }

    private Path write(String name, List<String> lines) throws IOException {
        var file = folder.resolve(name);
        Files.write(file, lines);
        return file;
    }
}
