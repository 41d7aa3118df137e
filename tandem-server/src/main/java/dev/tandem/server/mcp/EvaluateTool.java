package dev.tandem.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.FaithfulnessModel;
import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.run.Evaluation;
import dev.tandem.evaluation.run.EvaluationSettings;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.models.embedding.CachedEncoder;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.server.access.Role;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.JsonBodies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How well the workspace answers its own test set: a part of the questions, measured now and not kept. One evaluation at a time. */
final class EvaluateTool implements McpTool {
    private static final int USUAL = 20;
    private static final int MOST = 50;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int KEPT_TOKENS = 20_000;

    private final Engine engine;
    private final Turns turns;
    private final ReentrantLock running = new ReentrantLock();

    EvaluateTool(Engine engine, Turns turns) {
        this.engine = engine;
        this.turns = turns;
    }

    /** What it takes. */
    public record Arguments(Optional<Integer> questions) {}

    /** What it gives. */
    public record Evaluated(String strategy, int questions, int of, int failed, List<Metric> metrics) {}

    /** A mean. */
    public record Metric(String name, double value, Optional<Double> low, Optional<Double> high, int examples) {}

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public String description() {
        return "Ask the workspace questions of its own test set, spread evenly over it, and measure the answers: f1,"
                + " recall, faithfulness and more. Takes seconds to minutes.";
    }

    @Override
    public String inputSchema() {
        return """
                {"type": "object", "additionalProperties": false, "properties": {
                  "questions": {"type": "integer", "minimum": 1, "maximum": 50, "description": "How many; 20 unless given."}}}""";
    }

    @Override
    public String outputSchema() {
        return """
                {"type": "object", "required": ["strategy", "questions", "of", "failed", "metrics"], "properties": {
                  "strategy": {"type": "string"}, "questions": {"type": "integer"}, "of": {"type": "integer"},
                  "failed": {"type": "integer"},
                  "metrics": {"type": "array", "items": {"type": "object", "required": ["name", "value", "examples"], "properties": {
                    "name": {"type": "string"}, "value": {"type": "number"}, "low": {"type": "number"},
                    "high": {"type": "number"}, "examples": {"type": "integer"}}}}}}""";
    }

    @Override
    public Role role() {
        return Role.EDIT;
    }

    @Override
    public Result call(JsonNode arguments, McpSession session) {
        var given = JsonBodies.read(JsonBodies.text(arguments).getBytes(StandardCharsets.UTF_8), Arguments.class);
        int count = given.questions().orElse(USUAL);
        if (count < 1 || count > MOST) {
            throw ApiError.invalid("'questions' must be from 1 to " + MOST + ".", "questions");
        }
        var file = engine.workspace().testSetFile();
        if (!Files.exists(file)) {
            throw new MendableException("The workspace has no test set: draft one with `tandem testset draft`.");
        }
        if (!running.tryLock()) {
            throw new MendableException("Another evaluation runs: ask again when it is done.");
        }
        try (var strategy = engine.strategy()) {
            var whole = TestSet.read(file);
            var evaluated = evaluate(part(whole, count), whole.cases().size(), strategy);
            return new Result(text(evaluated), evaluated);
        } finally {
            running.unlock();
        }
    }

    private static TestSet part(TestSet whole, int count) {
        int all = whole.cases().size();
        int taken = Math.min(count, all);
        return new TestSet(
                whole.file(),
                IntStream.range(0, taken)
                        .mapToObj(i -> whole.cases().get((int) ((long) i * all / taken)))
                        .toList(),
                whole.hash());
    }

    private Evaluated evaluate(TestSet questions, int of, Strategy strategy) {
        long end = System.nanoTime() + LONGEST.toNanos();
        var results = new ArrayList<ExampleResult>();
        try (var encoder = new CachedEncoder(OnnxTextEncoder.bundled(), KEPT_TOKENS)) {
            var evaluation = new Evaluation(
                    EvaluationSettings.DEFAULT,
                    Optional.of(new EmbeddedJudge(encoder, FaithfulnessModel.shipped())),
                    new SemanticSimilarity(encoder));
            // In turn with the others who ask, a question at a time.
            for (var each : questions.cases()) {
                if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    break;
                }
                var one = new TestSet(questions.file(), List.of(each), questions.hash());
                turns.take(() -> {
                    evaluation.evaluate(
                            one,
                            strategy,
                            Set.of(),
                            (position, result) -> results.add(result),
                            Progress.silent(),
                            () -> false);
                    return results;
                });
            }
            return new Evaluated(
                    strategy.name(),
                    results.size(),
                    of,
                    (int) results.stream()
                            .filter(each -> each.failure().isPresent())
                            .count(),
                    evaluation.summaries(results, strategy).stream()
                            .filter(each -> each.type().equals("all"))
                            .map(each -> new Metric(
                                    each.metric(),
                                    each.value(),
                                    each.interval().map(interval -> interval.low()),
                                    each.interval().map(interval -> interval.high()),
                                    each.examples()))
                            .toList());
        }
    }

    private static String text(Evaluated evaluated) {
        return evaluated.questions() + " of " + evaluated.of() + " questions asked of " + evaluated.strategy() + ", "
                + evaluated.failed() + " failed.\n"
                + evaluated.metrics().stream()
                        .map(each -> String.format(Locale.ROOT, "%s: %.3f", each.name(), each.value()))
                        .collect(Collectors.joining("\n"));
    }
}
