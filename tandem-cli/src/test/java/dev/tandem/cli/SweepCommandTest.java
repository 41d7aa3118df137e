package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepCommandTest {
    /** What a document says, and a question in other words: BM25 alone finds none of them. */
    private static final Map<String, String> PAIRS = Map.of(
            "Felines nap all afternoon.", "When do cats sleep?",
            "Automobiles must be insured.", "Do cars need coverage?",
            "Physicians see patients at nine.", "What are the doctor's hours?",
            "Infants may enter free of charge.", "Is there a fee for babies?",
            "The jet departs at dawn.", "When does our plane leave in the morning?",
            "Wages are paid monthly.", "How often do we get our salary?",
            "Purchases can be sent back within a fortnight.", "May I return what I bought after two weeks?",
            "The bakery sells loaves.", "Where can one buy bread?",
            "Attorneys draft contracts.", "Who writes legal agreements?",
            "Rainfall floods our cellar.", "What makes water come into the basement?");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeDocumentsAndQuestions() throws IOException {
        CommandRun.of("init", folder.resolve("kb"));
        var documents = Files.createDirectory(folder.resolve("docs"));
        var questions = new StringBuilder();
        for (var pair : PAIRS.entrySet()) {
            int number = questions.length();
            Files.writeString(documents.resolve(number + ".md"), pair.getKey());
            questions.append("{\"id\": \"q%d\", \"question\": \"%s\", \"documents\": [\"%d.md\"]}%n"
                    .formatted(number, pair.getValue(), number));
        }
        questions.append("{\"id\": \"none\", \"question\": \"Who am I?\", \"documents\": []}\n");
        Files.writeString(folder.resolve("kb/testset.jsonl"), questions);
    }

    @Test
    void theSurelyBetterOneIsWrittenWithCommentsKeptButNotOnFewQuestions() throws Exception {
        var settings = folder.resolve("kb/tandem.yaml");
        CommandRun.of("ingest", folder.resolve("docs"), "-w", folder.resolve("kb"));
        var before = "# ours\npassages:\n  tokens: 64 # short\nretrieval:\n  fusion: words\n";
        Files.writeString(settings, before);
        var page = folder.resolve("sweep.html");

        var few = sweep(
                "--chunk-size", "32,64,99999", "--overlap", "0,10%", "--fusion", "dense", "--apply", "--report", page);

        assertThat(few.err()).contains("--chunk-size 99999 is left out");
        assertThat(few.out()).contains("fewer than 20 questions").contains("The present settings stay.");
        assertThat(settings).content().isEqualTo(before);
        assertThat(page).content().contains("Retrieval sweep").contains("64 tokens, overlap 6, dense");

        var run = sweep("--fusion", "dense", "--apply", "--force", "--json");

        var json = run.json();
        assertThat(json.get("questions_choosing").asInt()).isEqualTo(5);
        assertThat(json.get("questions_held_out").asInt()).isEqualTo(5);
        assertThat(json.get("gain_low").asDouble()).isPositive();
        assertThat(json.get("written").asBoolean()).isTrue();
        assertThat(settings)
                .content()
                .contains("# ours")
                .contains("tokens: 64 # short")
                .contains("fusion: dense");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--chunk-size; 100000; the embedding model reads at most",
                "--overlap; 100%; at most half of a passage is repeated",
                "--overlap; much; write tokens, as 40, or a share, as 10%",
                "--fusion; best; write all, or some of",
                "--reranker; maybe; write on, off or on,off",
                "--metric; bleu; choose one of ndcg@1"
            })
    void aWrongValueIsRefusedWithASentence(String option, String value, String sentence) {
        var run = sweep(option, value);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(value).contains(sentence);
        assertThat(run.out()).isEmpty();
    }

    private CommandRun sweep(Object... more) {
        return CommandRun.of(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("sweep", "-w", folder.resolve("kb")), java.util.Arrays.stream(more))
                .toArray());
    }
}
