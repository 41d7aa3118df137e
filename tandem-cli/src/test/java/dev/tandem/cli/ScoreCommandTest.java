package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void predictionsAreScoredForPeopleAndForPrograms() throws Exception {
        var predictions = write("p.jsonl", "{\"id\": 1, \"prediction\": \"The cat sat on the mat.\"}");
        var references = write("r.jsonl", "{\"id\": 1, \"references\": [\"The cat sat on a mat.\", \"x\"]}");
        var run = CommandRun.of("score", "--predictions", predictions, "--references", references);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("bleu", "48.89", "rougeLsum", "exact_match", "Predictions scored: 1.")
                .contains("BLEU|nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0");
        var json = CommandRun.of(
                        "score",
                        "--predictions",
                        predictions,
                        "--references",
                        references,
                        "--metrics",
                        "f1,bleu",
                        "--json")
                .json();
        assertThat(json.get("scores").findValuesAsText("metric")).containsExactly("f1", "bleu");
        assertThat(json.get("scores").get(1).get("score").asDouble()).isBetween(48.88, 48.90);
    }

    @Test
    void aJudgeTellsTheSameInOtherWordsAndWithoutAModelTheEmbeddedOneDoes() throws Exception {
        var predictions = write(
                "p.jsonl",
                "{\"id\": \"a\", \"prediction\": \"26 weeks is how long parental leave lasts.\"}\n"
                        + "{\"id\": \"b\", \"prediction\": \"Parental leave lasts 40 weeks.\"}");
        var references = write(
                "r.jsonl",
                "{\"id\": \"a\", \"reference\": \"Parental leave lasts 26 weeks.\"}\n"
                        + "{\"id\": \"b\", \"reference\": \"Parental leave lasts 26 weeks.\"}");
        var run = CommandRun.of(
                "score", "--predictions", predictions, "--references", references, "--task", "judge", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        var score = run.json().get("scores").get(0);
        assertThat(score.get("score").asDouble()).isEqualTo(0.5);
        assertThat(score.get("signature").asText()).contains("task:judge|judge:embedded");

        CommandRun.of("init", folder.resolve("kb"));
        var without = CommandRun.of(
                "score",
                "-w",
                folder.resolve("kb"),
                "--predictions",
                predictions,
                "--references",
                references,
                "--task",
                "judge",
                "--answer-judge",
                "llm");
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.err()).contains("has no language model");
    }

    @Test
    void unmatchedIdsAreListedAndTheExitCodeSaysSo() throws Exception {
        var predictions =
                write("p.jsonl", "{\"id\": \"a\", \"prediction\": \"x\"}\n{\"id\": \"b\", \"prediction\": \"y\"}");
        var references =
                write("r.jsonl", "{\"id\": \"a\", \"reference\": \"x\"}\n{\"id\": \"c\", \"reference\": \"z\"}");
        var run = CommandRun.of("score", "--predictions", predictions, "--references", references, "--metrics", "f1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("Predictions without references (1), not counted: b.")
                .contains("References without a prediction (1), not counted: c.");
    }

    @Test
    void everyExampleIsWrittenAndAFileThatIsThereIsKept() throws Exception {
        var predictions =
                write("p.jsonl", "{\"id\": \"a\", \"prediction\": \"101 kg\"}\n{\"id\": \"b\", \"prediction\": \"7\"}");
        var references =
                write("r.jsonl", "{\"id\": \"a\", \"reference\": \"100\"}\n{\"id\": \"b\", \"reference\": \"8\"}");
        var out = folder.resolve("scores.jsonl");
        var arguments = new Object[] {
            "score",
            "--predictions",
            predictions,
            "--references",
            references,
            "--task",
            "numeric",
            "--tolerance",
            "0.01",
            "--metrics",
            "exact_match",
            "--per-example",
            out
        };
        assertThat(CommandRun.of(arguments).exitCode()).isZero();
        assertThat(Files.readAllLines(out))
                .containsExactly(
                        "{\"id\":\"a\",\"exact_match\":0.0,\"accuracy\":1.0}",
                        "{\"id\":\"b\",\"exact_match\":0.0,\"accuracy\":0.0}");
        var again = CommandRun.of(arguments);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("is there already", "--force");
    }

    @Test
    void aSchemaNeedsNoReferences() throws Exception {
        var predictions =
                write("p.jsonl", "{\"id\": \"a\", \"prediction\": \"[1]\"}\n{\"id\": \"b\", \"prediction\": \"{}\"}");
        var schema = write("s.json", "{\"type\": \"array\"}");
        var run = CommandRun.of(
                "score", "--predictions", predictions, "--task", "json-schema", "--json-schema", schema, "--json");
        assertThat(run.json().get("scores").get(0).get("score").asDouble()).isEqualTo(0.5);
    }

    @Test
    void similarityIsMeasuredByTheEmbeddedModel() throws Exception {
        var predictions = write("p.jsonl", "{\"id\": \"a\", \"prediction\": \"The parcel is late.\"}");
        var references = write("r.jsonl", "{\"id\": \"a\", \"reference\": \"The shipment is delayed.\"}");
        var run = CommandRun.of(
                "score", "--predictions", predictions, "--references", references, "--metrics", "similarity", "--json");
        assertThat(run.json().get("scores").get(0).get("score").asDouble()).isBetween(0.7, 0.99);
    }

    @Test
    void whatIsWrongWithAFileIsOneSentence() throws Exception {
        var predictions = write("p.jsonl", "{\"id\": \"a\", \"prediction\": 5}");
        var references = write("r.jsonl", "{\"id\": \"a\", \"reference\": \"x\"}");
        var run = CommandRun.of("score", "--predictions", predictions, "--references", references);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip())
                .isEqualTo(predictions + ", line 1: \"prediction\" is 5, which is no text; write it between quotes.");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text + "\n");
    }
}
