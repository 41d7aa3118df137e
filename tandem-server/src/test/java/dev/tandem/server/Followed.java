package dev.tandem.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Jobs of a served workspace, followed by their events. */
public final class Followed {
    private Followed() {}

    /** All events of a job, once it is over. */
    public static List<JsonNode> events(Served served, String job, String... headers) {
        var stream = served.get("/api/jobs/" + job + "/events", headers);
        assertThat(stream.statusCode()).as(stream.body()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type")).get().asString().startsWith("text/event-stream");
        return stream.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Served.tree(line.substring(6)))
                .toList();
    }

    /** A job, once it is over. */
    public static JsonNode end(Served served, String job) {
        events(served, job);
        return Served.json(served.get("/api/jobs/" + job));
    }

    /** Waits until a job has told an event of a type. */
    public static void until(Served served, String job, String type) {
        try (var lines = served.lines("/api/jobs/" + job + "/events")) {
            assertThat(lines.filter(line -> line.startsWith("data: "))
                            .map(line -> Served.tree(line.substring(6)))
                            .anyMatch(event -> event.path("type").asText().equals(type)))
                    .as(type)
                    .isTrue();
        }
    }
}
