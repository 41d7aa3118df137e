package dev.tandem.workspace.testset;

import dev.tandem.foundation.page.BarChart;
import dev.tandem.foundation.page.Page;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.stream.Collectors;

/** A check as one HTML page without anything outside of it. */
public final class TestSetPage {
    private static final int SHOWN = 50;

    private TestSetPage() {}

    /** The page. */
    public static String of(TestSetReport report) {
        var coverage = report.coverage();
        var topics = new LinkedHashMap<String, Integer>();
        coverage.topics().forEach(topic -> topics.put(topic.name(), topic.questions()));
        return Page.of("Test set " + report.file(), """
                <p>Version <code>%s</code></p>
                <div class="tiles">%s%s%s%s</div>
                <p>%s</p>
                <h2>What was found</h2>
                %s
                <h2>What is asked about</h2>
                <div class="charts">%s%s%s%s</div>
                <h2>Topics</h2>
                <table><thead><tr><th scope="col">Topic</th><th scope="col">Documents</th><th scope="col">Asked about</th><th scope="col">Questions</th></tr></thead><tbody>%s</tbody></table>
                """.formatted(
                        Page.escaped(report.hash()),
                        Page.tile("questions", Page.number(report.questions()), ""),
                        Page.tile("reviewed", Page.number(report.reviewed()), ""),
                        Page.tile(
                                "of " + Page.number(coverage.documents()) + " documents asked about",
                                Page.number(coverage.asked()),
                                ""),
                        Page.tile("smallest difference it can show", percent(report.detectable()), ""),
                        Page.escaped(power(report)),
                        findings(report),
                        BarChart.titled("By topic", BarChart.rows(topics)),
                        BarChart.titled("By type", BarChart.rows(coverage.types())),
                        BarChart.titled("By difficulty", BarChart.rows(coverage.difficulties())),
                        BarChart.titled("By origin", BarChart.rows(coverage.origins())),
                        coverage.topics().stream()
                                .map(topic -> "<tr><td>%s</td><td>%d</td><td>%d</td><td>%d</td></tr>"
                                        .formatted(
                                                Page.escaped(topic.name()),
                                                topic.documents(),
                                                topic.asked(),
                                                topic.questions()))
                                .collect(Collectors.joining())));
    }

    /** What a number of questions can tell apart, in a sentence. */
    public static String power(TestSetReport report) {
        return String.format(
                Locale.ROOT,
                "%,d questions show a difference of %s in accuracy between two approaches (McNemar's test, 5%%, four times out of"
                        + " five, if the two disagree on %s of the questions); a difference of 5%% needs %,d.",
                report.questions(),
                report.detectable() >= DetectableDifference.DISAGREEING
                        ? "nothing under 20%"
                        : percent(report.detectable()),
                percent(DetectableDifference.DISAGREEING),
                DetectableDifference.questionsFor(0.05));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    private static String findings(TestSetReport report) {
        if (report.findings().isEmpty()) {
            return "<p>Nothing.</p>";
        }
        return report.findings().stream()
                .map(finding -> """
                        <details><summary><b class="%s">%d</b> %s</summary><table class="places">%s</table></details>""".formatted(
                                finding.kind().serious() ? "error" : "warning",
                                finding.places().size(),
                                Page.escaped(finding.kind().sentence()),
                                finding.places().stream()
                                        .limit(SHOWN)
                                        .map(place -> "<tr><td>%s</td><td>%s</td><td>%s</td></tr>"
                                                .formatted(
                                                        Page.escaped(place.id()),
                                                        Page.escaped(place.question()),
                                                        Page.escaped(place.detail())))
                                        .collect(Collectors.joining())))
                .collect(Collectors.joining("\n"));
    }
}
