package dev.tandem.foundation.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.foundation.page.IntervalChart.Bar;
import dev.tandem.foundation.page.IntervalChart.Group;
import dev.tandem.foundation.page.ScatterChart.Point;
import dev.tandem.foundation.page.ScatterChart.Scale;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartsTest {
    private static final Scale SECONDS = new Scale("seconds", value -> String.format(Locale.ROOT, "%.1f", value));
    private static final Scale QUALITY = new Scale("quality", value -> String.format(Locale.ROOT, "%.2f", value));

    @Test
    void barsAreAsLongAsTheirValuesAndTheirNumbersStandInATable() throws Exception {
        var chart = new IntervalChart(
                "Q",
                1,
                QUALITY.number(),
                List.of(
                        new Group("all", List.of(new Bar("a", "note", 0.5, Optional.of(new Span(0.25, 0.75))))),
                        new Group("<some>", List.of(new Bar("a", "note", 1.0, Optional.empty())))));
        var page = parse(chart.html());
        var bars = page.getElementsByTagName("rect");
        double half = number(bars.item(0).getAttributes().getNamedItem("width").getTextContent());
        double whole = number(bars.item(1).getAttributes().getNamedItem("width").getTextContent());
        assertThat(half).isEqualTo(whole / 2);
        assertThat(page.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("all: 0.50 (0.25 to 0.75); <some>: 1.00");
        assertThat(page.getElementsByTagName("table").item(0).getTextContent()).contains("0.25 to 0.75", "<some>");
    }

    @Test
    void pointsLieWhereTheirValuesAre() throws Exception {
        var points = List.of(
                new Point("low", "note", 1, 0.2, Optional.empty()),
                new Point("high", "note", 2, 0.8, Optional.of(new Span(0.7, 0.9))));
        var page = parse(new ScatterChart("T", SECONDS, QUALITY, true, points).html());
        var circles = page.getElementsByTagName("circle");
        assertThat(circles.getLength()).isEqualTo(2);
        assertThat(attribute(page, 0, "cx")).isLessThan(attribute(page, 1, "cx"));
        // Upwards is less in SVG.
        assertThat(attribute(page, 0, "cy")).isGreaterThan(attribute(page, 1, "cy"));
        assertThat(page.getElementsByTagName("table").item(0).getTextContent()).contains("1.0", "0.80", "0.70 to 0.90");
    }

    @Test
    void namesOfPointsThatLieOnOneAnotherDoNot() throws Exception {
        var points = new ArrayList<Point>();
        for (int i = 0; i < 5; i++) {
            points.add(new Point("run " + i, "note", 3, 0.5, Optional.empty()));
        }
        var html = new ScatterChart("T", SECONDS, QUALITY, true, points).html();
        var heights = Pattern.compile("class=\"mark\" x=\"[^\"]+\" y=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(found -> number(found.group(1)))
                .sorted()
                .toList();
        assertThat(heights).hasSize(5);
        for (int i = 1; i < heights.size(); i++) {
            assertThat(heights.get(i) - heights.get(i - 1)).isGreaterThanOrEqualTo(13);
        }
    }

    @Test
    void nothingAndZeroesCanBeDrawnToo() throws Exception {
        for (var html : List.of(
                new ScatterChart("T", SECONDS, QUALITY, false, List.of()).html(),
                new ScatterChart(
                                "T",
                                SECONDS,
                                QUALITY,
                                true,
                                List.of(new Point("a", "note", 0, 0, Optional.of(new Span(0, 0)))))
                        .html(),
                new IntervalChart("T", 0, QUALITY.number(), List.of()).html(),
                new IntervalChart(
                                "T",
                                0,
                                QUALITY.number(),
                                List.of(new Group("g", List.of(new Bar("a", "note", 0, Optional.empty())))))
                        .html())) {
            assertThat(html).doesNotContain("NaN", "Infinity");
            parse(html);
        }
    }

    private static double attribute(Document page, int circle, String name) {
        return number(page.getElementsByTagName("circle")
                .item(circle)
                .getAttributes()
                .getNamedItem(name)
                .getTextContent());
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }
}
