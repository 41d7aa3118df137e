package dev.tandem.evaluation.cost;

import dev.tandem.foundation.page.LineChart;
import dev.tandem.foundation.page.LineChart.Curve;
import dev.tandem.foundation.page.LineChart.Point;
import dev.tandem.foundation.page.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * An estimate as a page: totals, every line with its ground, what more queries cost, where plans change places.
 *
 * @param model what the page is made by
 * @param queries a month
 * @param whatIf other numbers of queries
 * @param months over which the set-up is spread
 */
public record CostPage(CostModel model, long queries, List<Long> whatIf, int months) {
    private static final List<String> STYLES = List.of("training", "held-out", "general");

    /** The plans of the chart: hybrid lies above each, and would crowd it. */
    private static final List<Plan> DRAWN = List.of(Plan.RAG, Plan.FINE_TUNING_HOSTED, Plan.FINE_TUNING_SELF_HOSTED);

    private static final long CHART_FROM = 1_000;
    private static final long CHART_TO = 700_000;

    public CostPage {
        whatIf = List.copyOf(whatIf);
    }

    /** The whole page, with nothing outside of it. */
    public String html() {
        var estimate = model.estimate(queries);
        return Page.of("What it costs", """
                <p>%s queries a month, prices of %s in %s. A range is from the lowest to the highest that is to be expected.</p>
                <h2>In all</h2>
                <table class="sums"><thead><tr><th>plan</th><th>set-up</th><th>a month</th><th>weeks to production</th></tr></thead>%s</table>
                <h2>Where plans change places</h2>
                %s
                <p>A month with its share of the set-up, spread over %d months; bold the middle of the range, faint its ends.</p>
                %s
                <h2>What if there are more queries, or fewer?</h2>
                <div class="scroll"><table class="sums"><thead><tr><th>queries a month</th>%s</tr></thead>%s</table></div>
                <h2>Line by line</h2>
                %s
                <h2>One training, by method</h2>
                <table class="sums">%s</table>
                <p>Fine-tuning needs %s examples; LoRA is useful from %s on (planning figures).</p>
                """.formatted(
                        Page.number(queries),
                        Page.escaped(model.book().name()),
                        Page.escaped(model.book().currency()),
                        estimate.plans().stream().map(CostPage::sums).collect(Collectors.joining()),
                        chart().wide(),
                        months,
                        breakEven(),
                        whatIf.stream()
                                .map(number -> "<th>" + Page.number(number) + "</th>")
                                .collect(Collectors.joining()),
                        Arrays.stream(Plan.values()).map(this::whatIf).collect(Collectors.joining()),
                        estimate.plans().stream().map(CostPage::details).collect(Collectors.joining()),
                        rows(estimate.methods()),
                        PlanningFigures.EXAMPLES,
                        PlanningFigures.LORA_EXAMPLES));
    }

    private static String sums(PlanCost cost) {
        return "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                .formatted(
                        cost.plan().label(),
                        cost.setup().total(),
                        cost.monthly().total(),
                        cost.plan().weeks());
    }

    private String whatIf(Plan plan) {
        return "<tr><td>%s</td>%s</tr>"
                .formatted(
                        plan.label(),
                        whatIf.stream()
                                .map(number -> "<td>"
                                        + model.estimate(number)
                                                .of(plan)
                                                .monthly()
                                                .total() + "</td>")
                                .collect(Collectors.joining()));
    }

    private static String details(PlanCost cost) {
        return "<details%s><summary><b>%s</b>: set-up %s, then %s a month</summary>%s%s</details>"
                .formatted(
                        cost.plan() == Plan.RAG ? " open" : "",
                        cost.plan().label(),
                        cost.setup().total(),
                        cost.monthly().total(),
                        part("Set-up", cost.setup()),
                        part("A month", cost.monthly()));
    }

    private static String part(String title, Costs costs) {
        return "<h3>%s: %s</h3><table class=\"sums\">%s</table>%s"
                .formatted(
                        title,
                        costs.total(),
                        rows(costs.items()),
                        CostNotes.of(costs).stream()
                                .map(note -> "<p class=\"note\">" + Page.escaped(note) + "</p>")
                                .collect(Collectors.joining()));
    }

    private static String rows(List<Item> items) {
        return items.stream()
                .map(item -> "<tr><td>%s</td><td>%s</td><td>%s, %s<br/><small>%s</small></td></tr>"
                        .formatted(
                                Page.escaped(item.name()),
                                item.amount(),
                                item.basis().label(),
                                item.scaling().label(),
                                Page.escaped(item.how())))
                .collect(Collectors.joining());
    }

    private String breakEven() {
        var points = BreakEven.of(model, months).stream()
                .map(point -> "<li>" + Page.escaped(CostNotes.of(point)) + "</li>")
                .collect(Collectors.joining());
        return points.isEmpty() ? "<p>No two plans change places.</p>" : "<ul>" + points + "</ul>";
    }

    private LineChart chart() {
        var curves = new ArrayList<Curve>();
        for (int i = 0; i < DRAWN.size(); i++) {
            var plan = DRAWN.get(i);
            var style = STYLES.get(i);
            curves.add(new Curve(plan.label(), style, false, points(plan, Range::middle)));
            curves.add(new Curve(plan.label() + ", lowest", style, true, points(plan, Range::low)));
            curves.add(new Curve(plan.label() + ", highest", style, true, points(plan, Range::high)));
        }
        return new LineChart(
                "Cost of a month, set-up included",
                model.book().currency(),
                true,
                curves,
                Optional.empty(),
                mark(),
                new LineChart.Across("queries a month", true));
    }

    private List<Point> points(Plan plan, ToDoubleFunction<Range> end) {
        var points = new ArrayList<Point>();
        for (double at = CHART_FROM; at < CHART_TO * 1.001; at *= Math.pow(10, 1 / 50.0)) {
            points.add(new Point(
                    at,
                    end.applyAsDouble(model.estimate(Math.round(at)).of(plan).allIn(months))));
        }
        return points;
    }

    private Optional<LineChart.Mark> mark() {
        return BreakEven.of(model, months).stream()
                .filter(point -> point.below() == Plan.RAG && point.above() == Plan.FINE_TUNING_HOSTED)
                .filter(point -> point.queries() >= CHART_FROM && point.queries() <= CHART_TO)
                .map(point -> new LineChart.Mark(
                        new Point(
                                (double) point.queries(),
                                model.estimate(point.queries())
                                        .of(point.above())
                                        .allIn(months)
                                        .middle()),
                        String.format(Locale.ROOT, "break-even: about %,d", CostNotes.rounded(point.queries())),
                        "held-out"))
                .findFirst();
    }
}
