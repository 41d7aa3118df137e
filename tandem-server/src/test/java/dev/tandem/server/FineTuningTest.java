package dev.tandem.server;

import static dev.tandem.server.Served.error;
import static dev.tandem.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.workspace.Workspace;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {
    private static final String JOBS = "/v1/fine_tuning/jobs";

    @TempDir
    private Path folder;

    private Workspace workspace;
    private Served served;

    @BeforeEach
    void serve() {
        workspace = Served.workspace(folder);
        served = Served.start(workspace);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static String examples() {
        return IntStream.range(0, 12)
                .mapToObj(i -> "{\"messages\": [{\"role\": \"user\", \"content\": \"Which shelf holds part " + i
                        + "?\"}, {\"role\": \"assistant\", \"content\": \"Shelf " + i % 3 + ".\"}]}\n")
                .collect(Collectors.joining());
    }

    private String upload() {
        var file = json(new Form()
                .text("purpose", "fine-tune")
                .file("train.jsonl", examples())
                .to(served, "/v1/files"));
        assertThat(file.path("status").asText()).isEqualTo("processed");
        return file.path("id").asText();
    }

    private String create(String file, String suffix, int epochs) {
        return json(served.post(
                        JOBS,
                        "{\"model\": \"starter\", \"training_file\": \"" + file + "\", \"suffix\": \"" + suffix
                                + "\", \"seed\": 7, \"method\": {\"type\": \"supervised\", \"supervised\":"
                                + " {\"hyperparameters\": {\"n_epochs\": " + epochs
                                + ", \"batch_size\": 4, \"learning_rate_multiplier\": \"auto\"}}}}"))
                .path("id")
                .asText();
    }

    @Test
    void anUploadedFileBecomesAnAdapterThatAnswersWithoutRestart() {
        var file = upload();
        assertThat(served.get("/v1/files/" + file + "/content").body()).isEqualTo(examples());
        var id = create(file, "shelves", 1);

        var last = Followed.events(served, id).getLast();
        assertThat(last.path("message").asText()).isEqualTo("The job has succeeded.");
        var job = json(served.get(JOBS + "/" + id));
        assertThat(job.path("status").asText()).isEqualTo("succeeded");
        assertThat(job.path("fine_tuned_model").asText()).isEqualTo("shelves");
        assertThat(job.path("trained_tokens").asLong()).isPositive();
        assertThat(job.at("/hyperparameters/batch_size").asInt()).isEqualTo(4);
        assertThat(job.path("seed").asInt()).isEqualTo(7);

        var events = json(served.get(JOBS + "/" + id + "/events?limit=3")).path("data");
        assertThat(events).hasSize(3);
        assertThat(events.get(0).path("message").asText()).isEqualTo("The job has succeeded.");
        var metrics = events.findParents("data").stream()
                .filter(event -> event.path("type").asText().equals("metrics"))
                .findFirst()
                .orElseThrow();
        assertThat(metrics.at("/data/valid_loss").asDouble()).isPositive();
        var checkpoint = json(served.get(JOBS + "/" + id + "/checkpoints")).at("/data/0");
        assertThat(checkpoint.path("fine_tuned_model_checkpoint").asText()).isEqualTo("shelves");
        assertThat(checkpoint.path("step_number").asInt()).isEqualTo(3);

        assertThat(json(served.get("/v1/models")).path("data"))
                .extracting(model -> model.path("id").asText())
                .contains("shelves");
        var answer = json(served.post(
                "/v1/chat/completions",
                "{\"model\": \"shelves\", \"max_tokens\": 5, \"messages\": [{\"role\": \"user\", \"content\":"
                        + " \"Which shelf holds part 4?\"}]}"));
        assertThat(answer.at("/usage/completion_tokens").asInt()).isBetween(1, 5);
        assertThat(served.post(JOBS, create("shelves", file)).statusCode()).isEqualTo(409);
        assertThat(json(served.send(served.request("/v1/files/" + file).DELETE()))
                        .path("deleted")
                        .asBoolean())
                .isTrue();
        assertThat(served.get("/v1/files/" + file).statusCode()).isEqualTo(404);
    }

    private static String create(String suffix, String file) {
        return "{\"model\": \"starter\", \"training_file\": \"" + file + "\", \"suffix\": \"" + suffix + "\"}";
    }

    @Test
    void aTuningGoesOnFromItsCheckpointWhenTheServerIsStartedAgainAndIsCancelled() {
        var file = upload();
        var id = create(file, "long", 50);
        Followed.until(served, id, "metrics");
        var needed = served.send(served.request("/v1/files/" + file).DELETE());
        assertThat(needed.statusCode()).isEqualTo(409);

        served.close();
        served = Served.start(workspace);
        Followed.until(served, id, "remark");
        assertThat(json(served.post(JOBS + "/" + id + "/cancel", "")).path("id").asText())
                .isEqualTo(id);

        var events = Followed.events(served, id);
        assertThat(events)
                .extracting(event -> event.path("message").asText())
                .contains(
                        "The server stops; the job goes on when it is started again.",
                        "The tuning goes on from its last checkpoint.")
                .endsWith("The job was cancelled.");
        assertThat(json(served.get(JOBS + "/" + id)).path("status").asText()).isEqualTo("cancelled");
        assertThat(json(served.get("/v1/models")).path("data"))
                .extracting(model -> model.path("id").asText())
                .doesNotContain("long");
    }

    @Test
    void whatCannotBeTunedIsRefusedWithItsReason() {
        var broken = new Form()
                .text("purpose", "fine-tune")
                .file("train.jsonl", examples() + "{\"messages\": []}\n")
                .to(served, "/v1/files");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(error(broken).path("message").asText()).contains("line 13").doesNotContain(folder.toString());
        assertThat(json(served.get("/v1/files")).path("data")).isEmpty();
        assertThat(new Form()
                        .text("purpose", "fun")
                        .file("a", "a")
                        .to(served, "/v1/files")
                        .statusCode())
                .isEqualTo(400);

        var file = upload();
        refused("{\"model\": \"gpt-9\", \"training_file\": \"" + file + "\"}", "gpt-9");
        refused("{\"model\": \"starter\", \"training_file\": \"file-none\"}", "file-none");
        refused(create("../evil", file), "suffix");
        refused(
                "{\"model\": \"starter\", \"training_file\": \"" + file + "\", \"hyperparameters\": {\"n_epochs\": 0}}",
                "n_epochs");
        refused(
                "{\"model\": \"starter\", \"training_file\": \"" + file + "\", \"method\": {\"type\": \"dpo\"}}",
                "dpo");
    }

    private void refused(String body, String named) {
        var reply = served.post(JOBS, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        assertThat(error(reply).path("message").asText()).contains(named);
    }
}
