package dev.tandem.evaluation.gate.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.evaluation.gate.Gate;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.gate.GateSettings;
import dev.tandem.evaluation.gate.GateTest;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleResult;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class GateOutputsTest {
    private static final String HOSTILE = "]]></failure>\u0000\u0001\u001B[31m<b>&amp;\uD800 | `x` @team \u202Ex\nnext";

    private static final EvaluationRun RUN =
            GateTest.run(HOSTILE, true, List.of(GateTest.summary("f1", 0.4), GateTest.summary("faithfulness", 0.9)));
    private static final List<ExampleResult> EXAMPLES = examples();
    private static final GateOutcome OUTCOME = new Gate(new GateSettings(
                    List.of(
                            GateTest.atLeast("f1", 0.5),
                            GateTest.atLeast("faithfulness", 0.85),
                            GateTest.atLeast("consistency", 0.9)),
                    GateSettings.DEFAULTS.regressions(),
                    0.5))
            .check(RUN, EXAMPLES, Optional.empty());

    private static List<ExampleResult> examples() {
        var examples = new ArrayList<>(GateTest.examples(3, "contained", i -> i % 2));
        examples.add(new ExampleResult(
                GateTest.testCase("bad", HOSTILE), Optional.empty(), Optional.of(HOSTILE), Map.of(), List.of()));
        return examples;
    }

    @Test
    void junitHasATestCaseForEachCheckAndIsXmlWhateverTheDataHolds() throws Exception {
        var suite = (Element) parse(GateJunit.of(OUTCOME, RUN, EXAMPLES))
                .getDocumentElement()
                .getElementsByTagName("testsuite")
                .item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(suite.getAttribute("time")).isEqualTo("90.000");
        assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-01-05T09:30:00");
        assertThat(children(suite))
                .containsExactly(
                        "properties", "testcase", "testcase", "testcase", "testcase", "system-out", "system-err");
        var cases = suite.getElementsByTagName("testcase");
        assertThat(children((Element) cases.item(0))).isEmpty();
        assertThat(children((Element) cases.item(1))).containsExactly("failure");
        assertThat(((Element) cases.item(1)).getAttribute("name")).isEqualTo("f1");
        assertThat(children((Element) cases.item(2))).isEmpty();
        assertThat(children((Element) cases.item(3))).containsExactly("skipped");
        var failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("f1 is 0.400").contains("at least 0.500");
        var output = suite.getElementsByTagName("system-out").item(0).getTextContent();
        assertThat(output)
                .contains("q0 (wrong): Question 0?\n  expected: expected\n  got: an answer")
                .doesNotContain("q1 (")
                .contains("bad (no answer): ]]></failure>\uFFFD\uFFFD\uFFFD[31m<b>&amp;\uFFFD | ");
    }

    @Test
    void markdownSaysVerdictFailuresAndAllChecksAndNothingOfTheDataIsMarkup() {
        var markdown = GateMarkdown.of(OUTCOME);
        assertThat(markdown)
                .startsWith("## ❌ The gate failed: 2 passed, 1 failed, 1 not measured.\n")
                .contains("- f1 is 0.400 (95%: 0.350 to 0.450) on 20 questions, but should be at least 0.500.\n")
                .contains("| f1 | at least 0.500 | 0.400 | 0.350 to 0.450 | failed |\n")
                .contains("| consistency | at least 0.900 | - | - | not measured |\n");
        assertThat(MarkdownText.escaped("recall@5")).isEqualTo("recall@5");
        assertThat(MarkdownText.escaped(HOSTILE))
                .doesNotContain("<", "\n", "\u001B", "\u202E", "@team", " | ", " `")
                .contains("&lt;b&gt;", "\\|", "\\`x\\`", "next");
    }

    @Test
    void jsonIsWhatWasChecked() throws Exception {
        var json = new JsonMapper().readTree(GateJson.of(OUTCOME).toString());
        assertThat(json.path("passed").booleanValue()).isFalse();
        assertThat(json.path("failed").intValue()).isEqualTo(1);
        assertThat(json.path("not_measured").intValue()).isEqualTo(1);
        assertThat(json.path("baseline").isNull()).isTrue();
        assertThat(json.path("checks")).hasSize(4);
        assertThat(json.at("/checks/1/status").asText()).isEqualTo("failed");
        assertThat(json.at("/checks/1/value").doubleValue()).isEqualTo(0.4);
        assertThat(json.at("/checks/3/value").isNull()).isTrue();
        assertThat(json.at("/checks/3/status").asText()).isEqualTo("not_measured");
    }

    private static List<String> children(Element element) {
        var names = new ArrayList<String>();
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                names.add(child.getNodeName());
            }
        }
        return names;
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
