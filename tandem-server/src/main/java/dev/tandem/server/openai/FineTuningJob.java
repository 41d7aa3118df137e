package dev.tandem.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.http.Description;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fine-tuning job in OpenAI's shape. */
@Description("A tuning of the base model.")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FineTuningJob(
        String id,
        String object,
        String model,
        long createdAt,
        Optional<Long> finishedAt,

        @Description("The adapter, as requests name it, once it is there.")
        Optional<String> fineTunedModel,

        String organizationId,
        List<String> resultFiles,

        @Description("queued, running, succeeded, failed or cancelled.")
        String status,

        Optional<String> validationFile,
        String trainingFile,
        Hyperparameters hyperparameters,
        Method method,
        Optional<Long> trainedTokens,
        Optional<Failure> error,
        Optional<String> userProvidedSuffix,
        long seed,
        Optional<Long> estimatedFinish,
        List<JsonNode> integrations,
        Map<String, String> metadata) {
    /** As they are used. */
    public record Hyperparameters(int nEpochs, int batchSize, double learningRateMultiplier) {}

    /** As it is used. */
    public record Method(String type, Supervised supervised) {}

    /** Settings of the method. */
    public record Supervised(Hyperparameters hyperparameters) {}

    /** Why it failed. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Failure(String code, String message, Optional<String> param) {}

    /** Some of them. */
    public record Listed(String object, List<FineTuningJob> data, boolean hasMore) {}

    /** Something that happened to one. */
    public record Event(
            String id,
            String object,
            long createdAt,
            @Description("info, warn or error.") String level,
            String message,
            @Description("message or metrics.") String type,
            Optional<JsonNode> data) {}

    /** Some of what happened, the newest first. */
    public record Events(String object, List<Event> data, boolean hasMore) {}

    /** Weights that were kept. */
    public record Checkpoint(
            String id,
            String object,
            long createdAt,
            String fineTunedModelCheckpoint,
            String fineTuningJobId,
            long stepNumber,
            Metrics metrics) {}

    /** Losses a token, when the weights were kept. */
    public record Metrics(double step, Optional<Double> trainLoss, Optional<Double> validLoss) {}

    /** All that were kept. */
    public record Checkpoints(
            String object, List<Checkpoint> data, Optional<String> firstId, Optional<String> lastId, boolean hasMore) {}
}
