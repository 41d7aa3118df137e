package dev.tandem.evaluation.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.evaluation.gate.output.GateJson;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.run.ExampleVerdict;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.foundation.WellFormedText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A run as JSON, all of it; what there is not is null, and no value is NaN. */
public final class ReportJson {
    private static final JsonMapper JSON = new JsonMapper();

    private ReportJson() {}

    /** {@code {"run": {...}, "gate": {...}, "metrics": [...], "examples": [...]}}. */
    public static ObjectNode of(ReportedRun reported) {
        var object = JSON.createObjectNode();
        object.set("run", run(reported));
        object.set("gate", reported.gate().map(GateJson::of).orElse(null));
        var metrics = object.putArray("metrics");
        reported.run().summaries().forEach(summary -> metrics.add(metric(summary)));
        var examples = object.putArray("examples");
        reported.examples().forEach(example -> examples.add(example(example)));
        return object;
    }

    private static ObjectNode run(ReportedRun reported) {
        var run = reported.run();
        var object = JSON.createObjectNode();
        text(object, "id", run.id());
        text(object, "strategy", run.strategy());
        text(object, "test_set", run.testSet());
        object.put("test_set_hash", run.testSetHash());
        object.put("started", run.started().toString());
        object.put("finished", run.finished().map(Object::toString).orElse(null));
        object.put("seed", run.seed());
        object.put("tandem_version", run.tandemVersion());
        var configuration = object.putObject("configuration");
        new TreeMap<>(run.configuration()).forEach((name, value) -> text(configuration, name, value));
        return object;
    }

    private static ObjectNode metric(MetricSummary summary) {
        var object = JSON.createObjectNode();
        object.put("metric", summary.metric());
        object.put("type", summary.type());
        number(object, "value", summary.value());
        object.put("low", summary.interval().map(interval -> interval.low()).orElse(null));
        object.put("high", summary.interval().map(interval -> interval.high()).orElse(null));
        object.put("examples", summary.examples());
        object.put("missing", summary.missing());
        return object;
    }

    private static ObjectNode example(ExampleResult example) {
        var testCase = example.testCase();
        var object = JSON.createObjectNode();
        text(object, "id", testCase.id());
        text(object, "question", testCase.question());
        object.put("type", testCase.type().key());
        texts(object.putArray("expected"), testCase.answers());
        texts(object.putArray("documents"), testCase.documents());
        object.put("verdict", ExampleVerdict.of(example).label());
        object.put("failure", example.failure().map(WellFormedText::of).orElse(null));
        object.set("answer", example.answer().map(ReportJson::answer).orElse(null));
        texts(object.putArray("unsupported"), example.unsupported());
        numbers(object.putObject("metrics"), example.metrics());
        return object;
    }

    private static ObjectNode answer(StrategyAnswer answer) {
        var object = JSON.createObjectNode();
        text(object, "text", answer.text());
        object.put("abstained", answer.abstained());
        var citations = object.putArray("citations");
        answer.citations().forEach(cited -> {
            var citation = citations.addObject();
            text(citation, "document", cited.document());
            text(citation, "place", cited.place());
            text(citation, "quote", cited.quote());
        });
        var passages = object.putArray("passages");
        answer.passages().forEach(found -> {
            var passage = passages.addObject();
            text(passage, "document", found.document());
            text(passage, "heading", found.heading());
            text(passage, "text", found.text());
            number(passage, "score", found.score());
        });
        numbers(object.putObject("timings_ms"), answer.timings());
        object.put("prompt_tokens", answer.promptTokens());
        object.put("answer_tokens", answer.answerTokens());
        return object;
    }

    private static void text(ObjectNode object, String name, String value) {
        object.put(WellFormedText.of(name), WellFormedText.of(value));
    }

    private static void texts(ArrayNode array, List<String> values) {
        values.forEach(value -> array.add(WellFormedText.of(value)));
    }

    private static void numbers(ObjectNode object, Map<String, Double> values) {
        new TreeMap<>(values).forEach((name, value) -> number(object, name, value));
    }

    private static void number(ObjectNode object, String name, double value) {
        if (Double.isFinite(value)) {
            object.put(name, value);
        } else {
            object.putNull(name);
        }
    }
}
