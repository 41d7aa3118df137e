package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.evaluate.ExampleLines;
import dev.tandem.evaluation.compare.Amount;
import dev.tandem.evaluation.compare.Aspect;
import dev.tandem.evaluation.compare.Evidence;
import dev.tandem.evaluation.compare.ExamplesNeeded;
import dev.tandem.evaluation.compare.HeadToHead;
import dev.tandem.evaluation.compare.Measured;
import dev.tandem.evaluation.compare.PairComparison;
import dev.tandem.evaluation.compare.ScoreSummary;
import dev.tandem.evaluation.compare.Verdict;
import dev.tandem.evaluation.compare.statistics.Interval;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.workspace.compare.ApproachRun;
import dev.tandem.workspace.compare.ComparisonResult;
import dev.tandem.workspace.compare.FreshFact;
import dev.tandem.workspace.compare.LeftOut;
import dev.tandem.workspace.compare.Tuned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A comparison for programs: everything, every answer included. */
public final class CompareJson {
    private CompareJson() {}

    /** The whole tree. */
    public static Map<String, Object> of(ComparisonResult result) {
        var testSet = result.request().testSet();
        return Json.object(
                "test_set",
                testSet.file(),
                "test_set_hash",
                testSet.hash(),
                "cases",
                testSet.cases().size(),
                "seed",
                result.request().seed(),
                "partial",
                result.isPartial(),
                "approaches",
                result.approaches().stream().map(run -> approach(run, result)).toList(),
                "verdict",
                result.found().map(found -> verdict(found.verdict())),
                "head_to_head",
                result.found().map(found -> table(found.table())),
                "fresh_fact",
                result.freshFact().map(CompareJson::freshFact),
                "texts",
                result.texts().stream().map(TextQualityText::json).toList(),
                "tuned",
                result.tuned().stream().map(CompareJson::tuned).toList(),
                "left_out",
                result.leftOut().stream().map(CompareJson::leftOut).toList(),
                "cautions",
                result.cautions(),
                "cases_compared",
                testSet.cases().stream()
                        .map(testCase -> testCase(testCase.id(), result))
                        .toList());
    }

    private static Map<String, Object> approach(ApproachRun run, ComparisonResult result) {
        var measured = result.found().map(found -> found.measurements().approach(run.name()));
        return Json.object(
                "name",
                run.name(),
                "kind",
                key(run.kind()),
                "run",
                run.run().id(),
                "configuration",
                new TreeMap<>(run.run().configuration()),
                "answers",
                run.examples().size(),
                "failed",
                (int) run.examples().stream()
                        .filter(each -> each.answer().isEmpty())
                        .count(),
                "latency_p50_ms",
                optional(run.latency(0.5)),
                "latency_p95_ms",
                optional(run.latency(0.95)),
                "tokens_per_query",
                optional(run.tokens()),
                "attribution",
                measured.flatMap(Measured::attribution),
                "costs",
                measured.map(each -> Json.object(
                        "per_query",
                        each.costs().perQuery().map(CompareJson::amount),
                        "set_up",
                        each.costs().setUp().map(CompareJson::amount),
                        "monthly",
                        each.costs().monthly().map(CompareJson::amount),
                        "build_hours",
                        each.costs().buildHours().map(CompareJson::amount))),
                "tuned",
                run.tuned().map(Tuned::folder));
    }

    private static Map<String, Object> amount(Amount amount) {
        return Json.object("value", amount.value(), "measured", amount.measured(), "source", amount.source());
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        return Json.object(
                "outcome",
                key(verdict.outcome()),
                "winner",
                verdict.winner(),
                "best_guess",
                verdict.bestGuess(),
                "leading",
                verdict.leading(),
                "evidence",
                verdict.evidence().stream().map(CompareJson::evidence).toList(),
                "scores",
                verdict.scores().stream().map(CompareJson::score).toList(),
                "comparisons",
                verdict.comparisons().pairs().stream().map(CompareJson::pair).toList(),
                "examples_needed",
                verdict.examplesNeeded().map(CompareJson::needed));
    }

    private static Map<String, Object> evidence(Evidence evidence) {
        return Json.object(
                "sentence",
                evidence.sentence(),
                "figures",
                evidence.figures().stream()
                        .map(figure -> Json.object(
                                "name", figure.name(),
                                "value", number(figure.value()),
                                "interval", figure.interval().map(CompareJson::interval),
                                "source", figure.source()))
                        .toList());
    }

    private static Map<String, Object> score(ScoreSummary score) {
        return Json.object(
                "approach",
                score.approach(),
                "type",
                score.type().map(QuestionType::key).orElse("all"),
                "mean",
                score.mean(),
                "interval",
                interval(score.interval()),
                "cases",
                score.cases(),
                "missing",
                score.missing());
    }

    private static Map<String, Object> pair(PairComparison pair) {
        return Json.object(
                "first",
                pair.first(),
                "second",
                pair.second(),
                "type",
                pair.type().map(QuestionType::key).orElse("all"),
                "cases",
                pair.cases(),
                "units",
                pair.units(),
                "difference",
                pair.difference(),
                "interval",
                interval(pair.interval()),
                "first_ahead",
                pair.firstAhead(),
                "second_ahead",
                pair.secondAhead(),
                "test",
                pair.test().label(),
                "p_value",
                pair.pValue(),
                "adjusted_p_value",
                pair.adjustedPValue(),
                "significant",
                pair.significant());
    }

    private static Map<String, Object> needed(ExamplesNeeded needed) {
        return Json.object(
                "examples", needed.examples(),
                "more", needed.more(),
                "at_least", needed.atLeast(),
                "at_margin", needed.atMargin());
    }

    private static Map<String, Object> interval(Interval interval) {
        return Json.object(
                "low", number(interval.low()),
                "high", number(interval.high()),
                "confidence", interval.confidence(),
                "method", interval.method().label());
    }

    /** JSON has no number without end. */
    private static Optional<Double> number(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    private static Map<String, Object> table(HeadToHead table) {
        var rows = new LinkedHashMap<String, Object>();
        for (var aspect : Aspect.values()) {
            var cells = table.rows().getOrDefault(aspect, List.of());
            var row = new LinkedHashMap<String, Object>();
            for (int i = 0; i < cells.size(); i++) {
                var cell = cells.get(i);
                row.put(
                        table.approaches().get(i),
                        Json.object(
                                "text", cell.text(),
                                "value", cell.value(),
                                "measured", cell.measured(),
                                "source", cell.source()));
            }
            rows.put(key(aspect), row);
        }
        return rows;
    }

    private static Map<String, Object> freshFact(FreshFact fact) {
        return Json.object(
                "id",
                fact.caseId(),
                "question",
                fact.question(),
                "document",
                fact.document(),
                "before",
                fact.before(),
                "after",
                fact.after(),
                "ingest_seconds",
                fact.ingestSeconds(),
                "update_seconds",
                fact.updateSeconds(),
                "findings",
                fact.findings().stream()
                        .map(finding -> Json.object(
                                "approach", finding.approach(),
                                "knows", finding.knows(),
                                "seconds", optional(finding.seconds()),
                                "tried", finding.tried(),
                                "answer", finding.answer(),
                                "sentence", finding.sentence()))
                        .toList());
    }

    private static Map<String, Object> tuned(Tuned tuned) {
        return Json.object(
                "folder",
                tuned.folder(),
                "method",
                tuned.method().map(CompareJson::key),
                "seconds",
                optional(tuned.seconds()),
                "examples",
                tuned.examples().isPresent() ? Optional.of(tuned.examples().getAsLong()) : Optional.empty(),
                "before",
                tuned.before());
    }

    private static Map<String, Object> leftOut(LeftOut leftOut) {
        return Json.object("what", leftOut.what(), "reason", leftOut.reason().key(), "sentence", leftOut.sentence());
    }

    /** A case with what each approach made of it. */
    private static Map<String, Object> testCase(String id, ComparisonResult result) {
        var answers = new LinkedHashMap<String, Object>();
        for (var run : result.approaches()) {
            var scores = run.scores();
            run.examples().stream()
                    .filter(example -> example.testCase().id().equals(id))
                    .findFirst()
                    .ifPresent(example -> {
                        var line = ExampleLines.json(example);
                        line.keySet().removeAll(List.of("id", "question", "type", "answers", "documents"));
                        line.put("quality", Optional.ofNullable(scores.get(id)));
                        answers.put(run.name(), line);
                    });
        }
        return Json.object("id", id, "answers", answers);
    }

    private static Optional<Double> optional(OptionalDouble number) {
        return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
    }

    private static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
