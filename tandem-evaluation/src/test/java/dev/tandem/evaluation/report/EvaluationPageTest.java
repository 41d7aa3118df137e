package dev.tandem.evaluation.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.evaluation.gate.Gate;
import dev.tandem.evaluation.gate.GateSettings;
import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.strategy.StrategyAnswer.CitedQuote;
import dev.tandem.evaluation.strategy.StrategyAnswer.FoundPassage;
import dev.tandem.evaluation.testset.Difficulty;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class EvaluationPageTest {
    private static final String HOSTILE =
            "</script></style><script>alert(1)</script><img src=x onerror=alert(2)>\" onclick='x' \u202Eevil\u2066 \u0000 \uD83D";

    @Test
    void aRunsPageShowsWhatWasMeasuredAndEveryQuestion() throws Exception {
        var run = SampleRuns.run("3f2a", "rag", 0.7, 60, 5, 1);
        var gated = new ReportedRun(
                run.run(),
                run.examples(),
                Optional.of(new Gate(GateSettings.DEFAULTS).check(run.run(), run.examples(), Optional.empty())));
        var page = parse(EvaluationPage.html(List.of(gated)));

        assertThat(texts(page, "h1")).containsExactly("Evaluation of rag on questions.jsonl");
        assertThat(texts(page, "h2"))
                .containsExactly("Numbers", "Charts", "Questions", "What was measured", "Retrieved passages");
        var text = page.getDocumentElement().getTextContent();
        assertThat(text)
                .contains("Run 3f2a: 60 questions", "in 8.2 s", "The gate failed", "9f2c4e0b7a", "embedding model")
                .contains("consistency")
                .doesNotContain("NaN");
        assertThat(elements(page, "details", "example")).hasSize(60);
        run.examples()
                .forEach(example -> assertThat(text).contains(example.testCase().question()));
        // By type: contained, recall, faithfulness, relevancy; a point a question; how long.
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(6);
        assertEveryLinkLeadsSomewhere(page);
    }

    @Test
    void wholePassagesStandOnceHoweverOftenTheyWereFound() throws Exception {
        var passage = new FoundPassage("a.md", "Top", "A long passage. ".repeat(30) + "Its end.", 0.5);
        var examples = List.of(
                example("q1", "One?", passage), example("q2", "Two?", passage), example("q3", "Three?", passage));
        var html = EvaluationPage.html(List.of(new ReportedRun(run(List.of()), examples, Optional.empty())));
        assertThat(html.split("Its end\\.", -1)).hasSize(2);
        assertThat(html.split("href=\"#p1\"", -1)).hasSize(4);
        assertEveryLinkLeadsSomewhere(parse(html));
    }

    @Test
    void unsupportedSentencesAreMarkedWhereTheyStand() throws Exception {
        var example = new ExampleResult(
                testCase("q1", "Which?"),
                Optional.of(answer("It is red. It is blue. It is red.", List.of())),
                Optional.empty(),
                Map.of("contained", 0.0),
                List.of("It is red.", "It is red.", "It is nowhere."));
        var page = parse(
                EvaluationPage.html(List.of(new ReportedRun(run(List.of()), List.of(example), Optional.empty()))));
        assertThat(texts(page, "mark"))
                .containsExactly(
                        "It is red. (no support found)",
                        "It is red. (no support found)",
                        "It is nowhere. (no support found)");
        assertThat(elements(page, "details", "example").getFirst().getAttribute("data-marks"))
                .isEqualTo("failed unsupported");
    }

    @Test
    void nothingOfTheDataBecomesPartOfThePage() throws Exception {
        var hostileCase = new TestCase(
                HOSTILE,
                HOSTILE,
                List.of(HOSTILE),
                List.of(HOSTILE),
                QuestionType.STYLE,
                Optional.of(HOSTILE),
                Optional.of(Difficulty.HARD),
                Optional.of(HOSTILE),
                Optional.of(HOSTILE),
                false);
        var answer = new StrategyAnswer(
                HOSTILE + " more",
                false,
                List.of(new CitedQuote(HOSTILE, HOSTILE, HOSTILE)),
                List.of(new FoundPassage(HOSTILE, HOSTILE, HOSTILE.repeat(5), Double.NaN)),
                Map.of(HOSTILE, 1.0, "total", 2.0),
                1,
                1);
        var examples = List.of(
                new ExampleResult(
                        hostileCase, Optional.of(answer), Optional.empty(), Map.of(HOSTILE, 1.0), List.of(HOSTILE)),
                new ExampleResult(
                        testCase("q2", HOSTILE), Optional.empty(), Optional.of(HOSTILE), Map.of(), List.of()));
        var run = new EvaluationRun(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                Map.of(HOSTILE, HOSTILE),
                1,
                HOSTILE,
                Instant.EPOCH,
                Optional.empty(),
                List.of(
                        new MetricSummary(HOSTILE, HOSTILE, 1, Optional.empty(), 1, 1),
                        new MetricSummary("f1", "all", 0.5, Optional.empty(), 1, 1),
                        new MetricSummary("mrr", "all", Double.NaN, Optional.empty(), 0, 1)));
        var reported = new ReportedRun(
                run, examples, Optional.of(new Gate(GateSettings.DEFAULTS).check(run, examples, Optional.empty())));

        for (var runs : List.of(List.of(reported), List.of(reported, reported))) {
            var html = EvaluationPage.html(runs);
            assertThat(html.split("<script", -1)).as("scripts").hasSize(2);
            assertThat(html).doesNotContain("<img", "\u0000", " style=", "http://", "https://");
            var page = parse(html);
            var all = page.getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                var attributes = all.item(i).getAttributes();
                for (int j = 0; j < attributes.getLength(); j++) {
                    assertThat(attributes.item(j).getNodeName()).doesNotStartWith("on");
                }
            }
        }
        assertThat(new JsonMapper()
                        .readTree(ReportJson.of(reported).toString())
                        .at("/metrics/2/value")
                        .isNull())
                .isTrue();
        assertThat(ReportMarkdown.of(reported)).doesNotContain("<", "\u202E", "\u0000");
    }

    @Test
    void theScriptIsOneThatXmlTakesAndThePolicyNamesIt() {
        assertThat(PageParts.SCRIPT).doesNotContain("<", "&");
        var html = EvaluationPage.html(List.of(SampleRuns.run("a", "rag", 0.5, 5, 2, 1)));
        assertThat(html).containsPattern("default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'");
    }

    @Test
    void twoHundredQuestionsWithTenPassagesEachStayUnderTwoMegabytes() {
        var sample = SampleRuns.run("big", "rag", 0.7, 200, 10, 1);
        assertThat(EvaluationPage.html(List.of(sample)).getBytes(UTF_8)).hasSizeLessThan(2_000_000);

        // No passage twice, and each long.
        var examples = new ArrayList<ExampleResult>();
        for (int i = 0; i < 200; i++) {
            var passages = new ArrayList<FoundPassage>();
            for (int j = 0; j < 10; j++) {
                passages.add(new FoundPassage("d" + i, "h" + j, i + " " + j + " Größe über. ".repeat(150), 0.5));
            }
            examples.add(new ExampleResult(
                    testCase("q" + i, "Question " + i + "?"),
                    Optional.of(answer("An answer.", passages)),
                    Optional.empty(),
                    Map.of("f1", 0.5),
                    List.of()));
        }
        var html = EvaluationPage.html(List.of(new ReportedRun(run(List.of()), examples, Optional.empty())));
        assertThat(html.getBytes(UTF_8)).hasSizeLessThan(2_000_000);
        assertThat(html).contains("characters each, so that the page stays small");
    }

    @Test
    void severalRunsAreComparedAndTheirAnswersStandTogether() throws Exception {
        var page = parse(EvaluationPage.html(List.of(
                SampleRuns.run("aaaa", "base", 0.4, 60, 0, 1),
                SampleRuns.run("bbbb", "rag", 0.7, 60, 3, 2),
                SampleRuns.run("cccc", "hybrid", 0.9, 60, 3, 3))));
        assertThat(texts(page, "h1")).containsExactly("Evaluations of base, rag, hybrid");
        var questions = elements(page, "details", "example");
        assertThat(questions).hasSize(60);
        assertThat(texts(questions.getFirst(), "h3")).containsExactly("base aaaa", "rag bbbb", "hybrid cccc");
        assertThat(texts(page, "b")).contains("contained against latency p50 ms", "contained against latency p95 ms");
    }

    @Test
    void aRunThatHasNothingYetIsAPageToo() throws Exception {
        var page = parse(EvaluationPage.html(List.of(new ReportedRun(run(List.of()), List.of(), Optional.empty()))));
        assertThat(page.getDocumentElement().getTextContent()).contains("Nothing is summed up", "None was asked yet");
    }

    @Test
    void markdownAndJsonSayTheSameNumbers() throws Exception {
        var interval = new BootstrapInterval(0.6, 0.8, 0.95, 2_000, 1);
        var reported = new ReportedRun(
                run(List.of(new MetricSummary("f1", "all", 0.7, Optional.of(interval), 9, 1))),
                List.of(example("q1", "One?", new FoundPassage("a.md", "", "short", 1))),
                Optional.empty());
        assertThat(ReportMarkdown.of(reported))
                .contains("| f1 | all | 0.700 | 0.600 to 0.800 | 9 | 1 |")
                .contains("| test set hash | ab12 |");
        var json = new JsonMapper().readTree(ReportJson.of(reported).toString());
        assertThat(json.at("/metrics/0/value").doubleValue()).isEqualTo(0.7);
        assertThat(json.at("/metrics/0/low").doubleValue()).isEqualTo(0.6);
        assertThat(json.at("/examples/0/answer/passages/0/text").asText()).isEqualTo("short");
        assertThat(json.at("/gate").isNull()).isTrue();
    }

    private static ExampleResult example(String id, String question, FoundPassage passage) {
        return new ExampleResult(
                testCase(id, question),
                Optional.of(answer("An answer.", List.of(passage))),
                Optional.empty(),
                Map.of("contained", 1.0),
                List.of());
    }

    private static StrategyAnswer answer(String text, List<FoundPassage> passages) {
        return new StrategyAnswer(text, false, List.of(), passages, Map.of("total", 12.0), 0, 0);
    }

    private static TestCase testCase(String id, String question) {
        return new TestCase(
                id,
                question,
                List.of("expected"),
                List.of("a.md"),
                QuestionType.ANSWERABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static EvaluationRun run(List<MetricSummary> summaries) {
        return new EvaluationRun(
                "r1", "rag", "t.jsonl", "ab12", Map.of(), 1, "0.1.0", Instant.EPOCH, Optional.empty(), summaries);
    }

    private static void assertEveryLinkLeadsSomewhere(Document page) {
        var all = page.getElementsByTagName("*");
        var ids = new ArrayList<String>();
        for (int i = 0; i < all.getLength(); i++) {
            var id = ((Element) all.item(i)).getAttribute("id");
            if (!id.isEmpty()) {
                ids.add(id);
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
        var links = page.getElementsByTagName("a");
        assertThat(links.getLength()).isPositive();
        for (int i = 0; i < links.getLength(); i++) {
            assertThat(ids)
                    .contains(((Element) links.item(i)).getAttribute("href").substring(1));
        }
    }

    private static List<Element> elements(Document page, String name, String styled) {
        var found = page.getElementsByTagName(name);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < found.getLength(); i++) {
            if (((Element) found.item(i)).getAttribute("class").equals(styled)) {
                elements.add((Element) found.item(i));
            }
        }
        return elements;
    }

    private static List<String> texts(Document page, String name) {
        return texts(page.getDocumentElement(), name);
    }

    private static List<String> texts(Element within, String name) {
        var found = within.getElementsByTagName(name);
        var texts = new ArrayList<String>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }

    private static Document parse(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(page.getBytes(UTF_8)));
    }
}
