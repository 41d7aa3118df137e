package dev.tandem.cli.evaluate;

import dev.tandem.cli.console.Json;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The examples of a run as JSON, and as lines of a file. */
public final class ExampleLines {
    private ExampleLines() {}

    /** Writes a file, in place of what was there. */
    public static void write(List<ExampleResult> examples, Path file) {
        var lines = new StringBuilder();
        examples.forEach(example -> lines.append(Json.line(json(example))).append('\n'));
        try {
            WholeFile.write(file, lines.toString());
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot write " + file + " (" + e + "): check that its folder exists and may be written to. The run"
                            + " itself is kept: `tandem runs show last --examples --json` has the same.",
                    e);
        }
    }

    /** One example with all that is known of it. */
    public static Map<String, Object> json(ExampleResult example) {
        var testCase = example.testCase();
        var json = Json.object(
                "id", testCase.id(),
                "question", testCase.question(),
                "type", testCase.type().key(),
                "answers", testCase.answers(),
                "documents", testCase.documents());
        example.answer().ifPresent(answer -> json.putAll(json(answer)));
        json.put("failure", example.failure());
        json.put("metrics", new TreeMap<>(example.metrics()));
        json.put("unsupported", example.unsupported());
        return json;
    }

    private static Map<String, Object> json(StrategyAnswer answer) {
        return Json.object(
                "answer", answer.text(),
                "abstained", answer.abstained(),
                "citations",
                        answer.citations().stream()
                                .map(cited -> Json.object(
                                        "document", cited.document(), "place", cited.place(), "quote", cited.quote()))
                                .toList(),
                "passages",
                        answer.passages().stream()
                                .map(found -> Json.object(
                                        "document", found.document(),
                                        "heading", found.heading(),
                                        "text", found.text(),
                                        "score", found.score()))
                                .toList(),
                "timings", new TreeMap<>(answer.timings()),
                "prompt_tokens", answer.promptTokens(),
                "answer_tokens", answer.answerTokens());
    }
}
