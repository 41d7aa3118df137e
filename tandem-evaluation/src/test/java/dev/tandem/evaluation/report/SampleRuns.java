package dev.tandem.evaluation.report;

import dev.tandem.evaluation.metric.AnswerMetrics;
import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.strategy.StrategyAnswer.CitedQuote;
import dev.tandem.evaluation.strategy.StrategyAnswer.FoundPassage;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs over the sample's questions as a strategy might have answered them, with the sample's own documents as passages. What
 * is right and wrong is drawn at random; the metrics follow from it.
 */
public final class SampleRuns {
    private static final Path SAMPLE = Path.of("../samples/shop");

    private SampleRuns() {}

    /**
     * A run.
     *
     * @param quality the share of questions answered rightly
     * @param questions how many, the sample's again and again
     */
    public static ReportedRun run(String id, String strategy, double quality, int questions, int passages, long seed) {
        var random = new Random(seed);
        var cases = TestSet.read(SAMPLE.resolve("questions.jsonl")).cases();
        var texts = texts();
        var examples = new ArrayList<ExampleResult>();
        for (int i = 0; i < questions; i++) {
            var testCase = cases.get(i % cases.size());
            examples.add(example(i < cases.size() ? testCase : renamed(testCase, i), quality, passages, texts, random));
        }
        var started = Instant.parse("2026-01-05T09:30:00Z");
        var run = new EvaluationRun(
                id,
                strategy,
                "questions.jsonl",
                "9f2c4e0b7a".repeat(6) + "abcd",
                Map.of("answerer", strategy, "index", "3b1f77c0", "embedding model", "bundled", "top_k", "10"),
                42,
                "0.1.0",
                started,
                Optional.of(started.plusMillis(questions * 137L)),
                summaries(examples));
        return new ReportedRun(run, examples, Optional.empty());
    }

    private static TestCase renamed(TestCase testCase, int i) {
        return new TestCase(
                testCase.id() + "-" + i,
                testCase.question(),
                testCase.answers(),
                testCase.documents(),
                testCase.type(),
                testCase.filter(),
                testCase.difficulty(),
                testCase.topic(),
                testCase.origin(),
                testCase.reviewed());
    }

    private static ExampleResult example(
            TestCase testCase, double quality, int count, List<FoundPassage> texts, Random random) {
        if (random.nextInt(40) == 0) {
            return new ExampleResult(
                    testCase,
                    Optional.empty(),
                    Optional.of("The language model did not answer within 30 s: try again later."),
                    Map.of(),
                    List.of());
        }
        boolean right = random.nextDouble() < quality;
        boolean declined = (testCase.type() == QuestionType.UNANSWERABLE) == right;
        var passages = new ArrayList<FoundPassage>();
        for (int i = 0; i < count; i++) {
            var passage = texts.get(random.nextInt(texts.size()));
            var document = i == 0 && right && !testCase.documents().isEmpty()
                    ? testCase.documents().getFirst()
                    : passage.document();
            passages.add(new FoundPassage(document, passage.heading(), passage.text(), 0.9 - 0.07 * i));
        }
        var sentence = (passages.isEmpty() ? texts.getFirst() : passages.getFirst())
                .text()
                .split("(?<=[.])\\s", -1)[0];
        var text = declined
                ? "The documents do not answer this."
                : right && !testCase.answers().isEmpty()
                        ? String.join(", and ", testCase.answers()) + ", as the page says."
                        : "It is so: " + sentence;
        var unsupported = declined || right ? List.<String>of() : List.of(text);
        var citations = declined || passages.isEmpty()
                ? List.<CitedQuote>of()
                : List.of(new CitedQuote(
                        passages.getFirst().document(), passages.getFirst().heading(), sentence));
        double search = 3 + Math.exp(random.nextGaussian() * 0.6 + 2.5);
        var answer = new StrategyAnswer(
                text,
                declined,
                citations,
                passages,
                Map.of("encode", 6.2, "search", search, "select", 4.1, "total", search + 10.3),
                quality > 0.8 ? 1_200 + random.nextInt(300) : 0,
                quality > 0.8 ? 20 + random.nextInt(40) : 0);
        return new ExampleResult(
                testCase, Optional.of(answer), Optional.empty(), metrics(testCase, text, right, random), unsupported);
    }

    private static Map<String, Double> metrics(TestCase testCase, String text, boolean right, Random random) {
        var metrics = new TreeMap<String, Double>();
        metrics.put("faithfulness", right ? 0.8 + random.nextDouble() * 0.2 : random.nextDouble() * 0.6);
        metrics.put("answer_relevancy", 0.5 + random.nextDouble() * 0.4);
        if (testCase.type() != QuestionType.UNANSWERABLE) {
            metrics.put("contained", right ? 1.0 : 0.0);
            metrics.put("f1", AnswerMetrics.of(text, testCase.answers()).f1());
            metrics.put("recall@5", right ? 1.0 : random.nextInt(2));
        }
        return metrics;
    }

    static List<MetricSummary> summaries(List<ExampleResult> examples) {
        var summaries = new ArrayList<MetricSummary>();
        for (var metric : List.of("contained", "f1", "faithfulness", "answer_relevancy", "recall@5")) {
            Stream.concat(Stream.of("all"), Stream.of(QuestionType.values()).map(QuestionType::key))
                    .forEach(type -> summary(examples, metric, type).ifPresent(summaries::add));
        }
        var latencies = examples.stream()
                .flatMap(example -> example.answer().stream())
                .mapToDouble(answer -> answer.timings().get("total"))
                .sorted()
                .toArray();
        for (int percentile : new int[] {50, 95, 99}) {
            summaries.add(new MetricSummary(
                    "latency_p" + percentile + "_ms",
                    "all",
                    latencies[(latencies.length - 1) * percentile / 100],
                    Optional.empty(),
                    latencies.length,
                    examples.size() - latencies.length));
        }
        return summaries;
    }

    private static Optional<MetricSummary> summary(List<ExampleResult> examples, String metric, String type) {
        var of = examples.stream()
                .filter(example ->
                        type.equals("all") || example.testCase().type().key().equals(type))
                .toList();
        var values = of.stream()
                .filter(example -> example.metrics().containsKey(metric))
                .mapToDouble(example -> example.metrics().get(metric))
                .toArray();
        if (values.length == 0) {
            return Optional.empty();
        }
        int failed =
                (int) of.stream().filter(example -> example.answer().isEmpty()).count();
        double mean = java.util.Arrays.stream(values).average().orElseThrow();
        return Optional.of(new MetricSummary(
                metric, type, mean, Optional.of(BootstrapInterval.ofMean(values, 42)), values.length, failed));
    }

    /** The sample's Markdown pages in pieces of 900 characters. */
    private static List<FoundPassage> texts() {
        try (var files = Files.walk(SAMPLE.resolve("documents"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .flatMap(SampleRuns::pieces)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<FoundPassage> pieces(Path file) {
        try {
            var text = Files.readString(file);
            var document = SAMPLE.resolve("documents").relativize(file).toString();
            var pieces = new ArrayList<FoundPassage>();
            for (int from = 0; from < text.length(); from += 300) {
                pieces.add(new FoundPassage(
                        document, "Part " + from / 300, text.substring(from, Math.min(text.length(), from + 900)), 0));
            }
            return pieces.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
