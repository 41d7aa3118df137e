package dev.tandem.evaluation.report;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.page.Page;
import java.nio.file.Path;
import java.util.List;

/**
 * One or more runs as one HTML file that needs nothing outside of it: what was measured, the gate's verdict, numbers with
 * their intervals, charts, and every question with what was answered and what it rested on. Only filtering needs the
 * page's script. Nothing of the data can become part of the page.
 */
public final class EvaluationPage {
    private EvaluationPage() {}

    /**
     * The page.
     *
     * @param runs at least one, in the order in which they are shown
     */
    public static String html(List<ReportedRun> runs) {
        return html(new ReportHead(runs).title(), "", runs);
    }

    /**
     * The page with more at its beginning.
     *
     * @param title any text
     * @param before HTML of what was concluded from the runs
     * @param runs at least one, in the order in which they are shown
     */
    public static String html(String title, String before, List<ReportedRun> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("A report needs at least one run");
        }
        var passages = PassageShelf.of(runs);
        var head = new ReportHead(runs);
        return Page.of(title, PageParts.STYLE, PageParts.SCRIPT, """
                %s
                %s
                <h2>Numbers</h2>
                %s
                <h2>Charts</h2>
                %s
                <h2 id="examples">Questions</h2>
                %s
                <h2>What was measured</h2>
                %s
                %s
                """.formatted(
                        before,
                        head.html(),
                        new ReportNumbers(runs).html(),
                        new ReportCharts(runs).html(),
                        new ExampleEntries(runs, passages).html(),
                        head.facts(),
                        passages.html()));
    }

    /**
     * Writes the page, whole or not at all.
     *
     * @throws MendableException if it cannot be written
     */
    public static void write(List<ReportedRun> runs, Path file) {
        Page.write(file, html(runs));
    }
}
