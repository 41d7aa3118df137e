package dev.tandem.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.tuning.training.TuningSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code POST /v1/fine_tuning/jobs} takes: OpenAI's fields, of which supervised tuning is done. */
@Description("Examples to tune the base model on.")
public record FineTuningRequest(
        @Description("The base model of this process, as /v1/models lists it.")
        String model,

        @Description("The id of a file that was uploaded for fine-tune.")
        String trainingFile,

        @Description("Examples by which the training is judged; a tenth of the others unless given.")
        Optional<String> validationFile,

        @Description("The adapter's name, by which requests name it as their model; the job's id unless given.")
        Optional<String> suffix,

        Optional<Long> seed,

        @Description("As in method, where older clients have them.")
        Optional<Hyperparameters> hyperparameters,

        Optional<Method> method,
        Optional<List<JsonNode>> integrations,
        Optional<Map<String, String>> metadata) {
    private static final int MOST_EPOCHS = 50;
    private static final int MOST_BATCH = 256;

    /** The settings that OpenAI has; each may be "auto". */
    public record Hyperparameters(
            @Description("1 to 50, or auto.") Optional<JsonNode> nEpochs,
            @Description("1 to 256, or auto.") Optional<JsonNode> batchSize,
            @Description("Of the default, or auto.") Optional<JsonNode> learningRateMultiplier) {
        static final Hyperparameters AUTO = new Hyperparameters(Optional.empty(), Optional.empty(), Optional.empty());

        /** The settings with these in them. */
        TuningSettings in(TuningSettings settings) {
            var changed = settings;
            var epochs = number(nEpochs, "n_epochs", 1, MOST_EPOCHS, true);
            if (epochs.isPresent()) {
                changed = changed.withEpochs(epochs.get().intValue());
            }
            var batch = number(batchSize, "batch_size", 1, MOST_BATCH, true);
            if (batch.isPresent()) {
                changed = changed.withBatch(batch.get().intValue());
            }
            return changed.withLearningRate(settings.learningRate() * multiplier());
        }

        double multiplier() {
            return number(learningRateMultiplier, "learning_rate_multiplier", 1e-3, 1e3, false)
                    .orElse(1.0);
        }

        private static Optional<Double> number(
                Optional<JsonNode> given, String name, double least, double most, boolean whole) {
            var node = given.filter(each -> !each.isNull() && !each.asText("").equals("auto"));
            if (node.isEmpty()) {
                return Optional.empty();
            }
            double value = node.get().isNumber() ? node.get().doubleValue() : Double.NaN;
            if (!(value >= least && value <= most) || whole && value != Math.rint(value)) {
                throw ApiError.invalid(
                        "'" + name + "' must be auto or a " + (whole ? "whole " : "") + "number from " + plain(least)
                                + " to " + plain(most) + ".",
                        name);
            }
            return Optional.of(value);
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }
    }

    /** How to tune. */
    public record Method(
            @Description("supervised; nothing else.") String type,
            Optional<Supervised> supervised,
            Optional<JsonNode> dpo,
            Optional<JsonNode> reinforcement) {}

    /** Settings of a method. */
    public record Supervised(Optional<Hyperparameters> hyperparameters) {}

    /**
     * The settings that were given, wherever they stand.
     *
     * @throws ApiError 400 for what is not done here
     */
    Hyperparameters given() {
        method.filter(each -> !each.type().equals("supervised")).ifPresent(each -> {
            throw ApiError.invalid("The method '" + each.type() + "' is not done here: supervised is.", "method");
        });
        if (!integrations.orElse(List.of()).isEmpty()) {
            throw ApiError.invalid("There are no integrations here: leave them out.", "integrations");
        }
        return method.flatMap(Method::supervised)
                .flatMap(Supervised::hyperparameters)
                .or(() -> hyperparameters)
                .orElse(Hyperparameters.AUTO);
    }
}
