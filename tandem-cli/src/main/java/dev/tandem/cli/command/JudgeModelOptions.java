package dev.tandem.cli.command;

import dev.tandem.cli.evaluate.JudgingModel;
import dev.tandem.evaluation.judge.llm.JudgeOptions;
import dev.tandem.evaluation.judge.llm.JudgedMetric;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Which language model judges, and how it is asked. */
final class JudgeModelOptions {
    /** Requests at once that a server of one's own and a service take without complaint. */
    private static final int PARALLEL = 4;

    @Option(
            names = "--model-url",
            paramLabel = "URL",
            description =
                    "A server that speaks OpenAI's chat completions, like http://localhost:8000/v1. Without it, the"
                            + " workspace's model judges.")
    private @Nullable String url;

    @Option(names = "--model-name", paramLabel = "NAME", description = "The model's name there.")
    private @Nullable String name;

    @Option(
            names = "--api-key-variable",
            paramLabel = "VAR",
            description = "The environment variable that holds the server's key.")
    private @Nullable String keyVariable;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description =
                    "How often a request is made again that failed or whose reply cannot be used; 2 unless given.")
    private @Nullable Integer retries;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long one request may take; 120 unless given.")
    private @Nullable Integer timeout;

    @Option(
            names = "--price",
            paramLabel = "READ,WRITTEN",
            split = ",",
            description = "What a million tokens cost, to report the cost: 0.15,0.60.")
    private double @Nullable [] price;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Records judged at once; 4 with a language model, otherwise the number of cores.")
    private @Nullable Integer parallel;

    /** The first option given that only a language model understands. */
    Optional<String> given() {
        return url != null
                ? Optional.of("--model-url")
                : name != null
                        ? Optional.of("--model-name")
                        : keyVariable != null
                                ? Optional.of("--api-key-variable")
                                : retries != null
                                        ? Optional.of("--retries")
                                        : timeout != null
                                                ? Optional.of("--timeout")
                                                : price != null ? Optional.of("--price") : Optional.empty();
    }

    int parallel(boolean languageModel, Function<String, ParameterException> wrong) {
        if (parallel == null) {
            return languageModel ? PARALLEL : Runtime.getRuntime().availableProcessors();
        }
        if (parallel < 1) {
            throw wrong.apply("--parallel is " + parallel + ": at least 1 record is judged at once");
        }
        return parallel;
    }

    /** What a million tokens read and written cost. */
    Optional<double[]> price(Function<String, ParameterException> wrong) {
        if (price == null) {
            return Optional.empty();
        }
        if (price.length != 2 || Arrays.stream(price).anyMatch(each -> !(each >= 0) || Double.isInfinite(each))) {
            throw wrong.apply("--price wants two numbers, of a million tokens read and written: --price 0.15,0.60");
        }
        return Optional.of(price.clone());
    }

    JudgeOptions options(Set<JudgedMetric> metrics, Function<String, ParameterException> wrong) {
        int more = retries == null ? JudgeOptions.DEFAULT.retries() : retries;
        if (more < 0 || (timeout != null && timeout < 1)) {
            throw wrong.apply("--retries is at least 0, and --timeout at least 1 second");
        }
        return JudgeOptions.DEFAULT.withMetrics(metrics).withPatience(more, timeout());
    }

    private Duration timeout() {
        return timeout == null ? JudgeOptions.DEFAULT.timeout() : Duration.ofSeconds(timeout);
    }

    JudgingModel open(WorkspaceOption workspace, Function<String, ParameterException> wrong) {
        if (url != null) {
            if (name == null) {
                throw wrong.apply("--model-name is missing: it names the model at --model-url");
            }
            return JudgingModel.at(url, name, keyVariable == null ? "" : keyVariable, timeout());
        }
        if (name != null || keyVariable != null) {
            throw wrong.apply((name != null ? "--model-name" : "--api-key-variable")
                    + " goes with --model-url; a workspace's model is named in its tandem.yaml");
        }
        return JudgingModel.of(workspace.find());
    }

    /** A metric as a person names it. */
    static final class Metric implements ITypeConverter<JudgedMetric> {
        @Override
        public JudgedMetric convert(String name) {
            return Arrays.stream(JudgedMetric.values())
                    .filter(metric -> metric.label().equals(name.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is not "
                            + String.join(
                                    ", ",
                                    Arrays.stream(JudgedMetric.values())
                                            .map(JudgedMetric::label)
                                            .toList())));
        }
    }

    /** All unless some are named. */
    static Set<JudgedMetric> chosen(List<JudgedMetric> named) {
        return named.isEmpty() ? EnumSet.allOf(JudgedMetric.class) : EnumSet.copyOf(named);
    }
}
