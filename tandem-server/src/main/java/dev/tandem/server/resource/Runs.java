package dev.tandem.server.resource;

import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.run.RunComparison;
import dev.tandem.evaluation.store.RunIds;
import dev.tandem.evaluation.store.RunStore;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.database.DatabasePlace;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.server.access.Role;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Requests;
import io.javalin.http.Context;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/runs}: what was evaluated, as {@code tandem runs} shows it. */
public final class Runs {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int SHOWN = 20;

    private final DatabasePlace place;
    private @Nullable RunStore store;

    /** A run. */
    @Description("An evaluation run; without finished it still runs, or was stopped.")
    public record Run(
            String id,
            String strategy,
            String testSet,
            String testSetHash,
            Map<String, String> configuration,
            long seed,
            String tandemVersion,
            Instant started,
            Optional<Instant> finished,
            List<Metric> metrics) {
        static Run of(EvaluationRun run) {
            return new Run(
                    run.id(),
                    run.strategy(),
                    run.testSet(),
                    run.testSetHash(),
                    run.configuration(),
                    run.seed(),
                    run.tandemVersion(),
                    run.started(),
                    run.finished(),
                    run.summaries().stream()
                            .map(each -> new Metric(
                                    each.metric(),
                                    each.type(),
                                    each.value(),
                                    each.interval().map(BootstrapInterval::low),
                                    each.interval().map(BootstrapInterval::high),
                                    each.examples(),
                                    each.missing()))
                            .toList());
        }
    }

    /** A mean with its 95% interval. */
    public record Metric(
            String metric,

            @Description("The type of question it is taken over; all for all.")
            String type,

            double value,
            Optional<Double> low,
            Optional<Double> high,
            int examples,
            int missing) {}

    /** All runs. */
    public record Page(List<Run> runs, int total) {}

    /** A run with a part of its examples. */
    public record WithExamples(Run run, List<Example> examples, int total) {}

    /** A question with what was answered. */
    public record Example(
            String id,
            String question,
            String type,
            Optional<String> answer,
            Optional<Boolean> declined,
            Optional<String> failure,
            Map<String, Double> metrics,
            List<String> unsupported) {
        static Example of(ExampleResult result) {
            return new Example(
                    result.testCase().id(),
                    result.testCase().question(),
                    result.testCase().type().key(),
                    result.answer().map(StrategyAnswer::text),
                    result.answer().map(StrategyAnswer::abstained),
                    result.failure(),
                    result.metrics(),
                    result.unsupported());
        }
    }

    /** Two runs side by side. */
    @Description("Two runs over the questions that both were asked; better and worse hold the 20 greatest.")
    public record Diff(
            String first,
            String second,
            int common,
            List<Difference> metrics,
            List<Setting> configuration,
            List<Changed> better,
            List<Changed> worse) {}

    /** A metric in both. */
    public record Difference(
            String metric,
            double first,
            double second,
            double difference,
            Optional<Double> low,
            Optional<Double> high,
            boolean beyondChance,
            int examples) {}

    /** A setting that differs. */
    public record Setting(String key, Optional<String> first, Optional<String> second) {}

    /** A question that one of them does better. */
    public record Changed(String metric, double difference, Example first, Example second) {}

    /** @param place the store's; there need not be one yet */
    public Runs(DatabasePlace place) {
        this.place = place;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/runs")
                        .needs(Role.EDIT)
                        .does("Evaluation", "List runs, the newest first.")
                        .inQuery("offset", "integer", "How many to pass over.")
                        .inQuery("count", "integer", "How many, 1 to 500; 50 unless given.")
                        .gives(Page.class)
                        .by(this::list),
                Endpoint.get("/api/runs/{id}")
                        .needs(Role.EDIT)
                        .does("Evaluation", "Give a run with its examples.")
                        .inPath("id", "Of the run, how it begins, or last, last~1...")
                        .inQuery("offset", "integer", "How many examples to pass over.")
                        .inQuery("count", "integer", "How many examples, 1 to 500; 50 unless given.")
                        .gives(WithExamples.class)
                        .by(this::show),
                Endpoint.get("/api/runs/{a}/diff/{b}")
                        .needs(Role.EDIT)
                        .does("Evaluation", "Compare two runs.")
                        .inPath("a", "The first run.")
                        .inPath("b", "The second run.")
                        .gives(Diff.class)
                        .by(this::diff));
    }

    private void list(Context context) {
        int offset = offset(context);
        int count = count(context);
        var runs = missing() ? List.<EvaluationRun>of() : store().list();
        Api.reply(
                context,
                new Page(runs.stream().skip(offset).limit(count).map(Run::of).toList(), runs.size()));
    }

    private void show(Context context) {
        int offset = offset(context);
        int count = count(context);
        var store = store();
        var run = find(store, context.pathParam("id"));
        var examples = store.examples(run.id());
        Api.reply(
                context,
                new WithExamples(
                        Run.of(run),
                        examples.stream()
                                .skip(offset)
                                .limit(count)
                                .map(Example::of)
                                .toList(),
                        examples.size()));
    }

    private void diff(Context context) {
        var store = store();
        var first = find(store, context.pathParam("a"));
        var second = find(store, context.pathParam("b"));
        var compared =
                RunComparison.of(first, store.examples(first.id()), second, store.examples(second.id()), first.seed());
        Api.reply(
                context,
                new Diff(
                        first.id(),
                        second.id(),
                        compared.common(),
                        compared.metrics().stream()
                                .map(each -> new Difference(
                                        each.metric(),
                                        each.first(),
                                        each.second(),
                                        each.difference(),
                                        each.interval().map(BootstrapInterval::low),
                                        each.interval().map(BootstrapInterval::high),
                                        each.isBeyondChance(),
                                        each.examples()))
                                .toList(),
                        compared.configuration().stream()
                                .map(each -> new Setting(each.key(), each.first(), each.second()))
                                .toList(),
                        changed(compared.better()),
                        changed(compared.worse())));
    }

    private static List<Changed> changed(List<RunComparison.ExampleDifference> differences) {
        return differences.stream()
                .limit(SHOWN)
                .map(each -> new Changed(
                        each.metric(), each.difference(), Example.of(each.first()), Example.of(each.second())))
                .toList();
    }

    private static int offset(Context context) {
        return Requests.number(context, "offset", 0, 0, Integer.MAX_VALUE);
    }

    private static int count(Context context) {
        return Requests.number(context, "count", USUAL, 1, MOST);
    }

    private synchronized RunStore store() {
        if (missing()) {
            throw ApiError.unknown("There are no runs yet: make one with `tandem evaluate`.", "run_not_found");
        }
        if (store == null) {
            store = RunStore.openExisting(place);
        }
        return store;
    }

    private boolean missing() {
        return place instanceof SqlitePlace(var file) && !Files.exists(file);
    }

    private static EvaluationRun find(RunStore store, String words) {
        try {
            return RunIds.find(store, words);
        } catch (MendableException e) {
            throw ApiError.unknown(String.valueOf(e.getMessage()), "run_not_found");
        }
    }
}
