package dev.tandem.server.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.server.access.Role;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.JsonBodies;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.compare.OutcomeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** {@code /api/comparison}: what {@code tandem compare} found last. */
public record LastComparison(Workspace workspace) {
    /** A verdict. */
    @Description("What the last comparison of approaches found.")
    public record Found(
            String time,
            String testSet,
            String testSetHash,
            String outcome,
            Optional<String> winner,
            String bestGuess,
            Optional<String> approach,
            String sentence) {}

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/comparison")
                .needs(Role.EDIT)
                .does("Evaluation", "Give the verdict of the last comparison; 404 if there was none.")
                .gives(Found.class)
                .by(context -> Api.reply(context, found())));
    }

    private Found found() {
        var file = OutcomeFile.of(workspace);
        if (!Files.exists(file)) {
            throw ApiError.unknown("Nothing was compared yet: `tandem compare` does.", "comparison_not_found");
        }
        try {
            var json = JsonBodies.mapper().readTree(file.toFile());
            return new Found(
                    json.path("time").asText(),
                    json.path("test_set").asText(),
                    json.path("test_set_hash").asText(),
                    json.path("outcome").asText(),
                    text(json.path("winner")),
                    json.path("best_guess").asText(),
                    text(json.path("approach")),
                    json.path("sentence").asText());
        } catch (IOException e) {
            throw new MendableException("The last comparison cannot be read: compare anew with `tandem compare`.", e);
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
