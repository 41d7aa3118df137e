package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateRetrievalTest {
    @Test
    void aCollectionIsMeasuredAndItsRunWritten(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("corpus.jsonl"), """
                {"_id": "d1", "title": "Leave", "text": "Parental leave lasts 26 weeks."}
                {"_id": "d2", "title": "Shipping", "text": "Parcels to Norway take nine days."}
                """);
        Files.writeString(folder.resolve("queries.jsonl"), """
                {"_id": "q1", "text": "How long is parental leave?"}
                {"_id": "q2", "text": "When does a parcel reach Norway?"}
                """);
        Files.createDirectory(folder.resolve("qrels"));
        Files.writeString(folder.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n");
        var run =
                CommandRun.of("evaluate", "retrieval", "--beir", folder, "--run", folder.resolve("run.trec"), "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.json().get("metrics").get("ndcg@10").asDouble()).isEqualTo(1.0);
        assertThat(Files.readAllLines(folder.resolve("run.trec")).getFirst())
                .matches("q1 Q0 d1 1 \\S+ tandem-balanced");
        assertThat(CommandRun.of("evaluate", "retrieval", "--beir", folder).out())
                .contains("nDCG");
    }

    @Test
    void aFolderWithoutACollectionIsRefused(@TempDir Path folder) {
        var run = CommandRun.of("evaluate", "retrieval", "--beir", folder);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(folder.toString()).doesNotContain("\tat ");
    }
}
