package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.Wrapping;
import dev.tandem.evaluation.cost.BreakEven;
import dev.tandem.evaluation.cost.CostModel;
import dev.tandem.evaluation.cost.CostNotes;
import dev.tandem.evaluation.cost.CostPage;
import dev.tandem.evaluation.cost.Costs;
import dev.tandem.evaluation.cost.Estimate;
import dev.tandem.evaluation.cost.Item;
import dev.tandem.evaluation.cost.Plan;
import dev.tandem.evaluation.cost.PlanCost;
import dev.tandem.evaluation.cost.PlanningFigures;
import dev.tandem.evaluation.cost.PublishedTotal;
import dev.tandem.evaluation.cost.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What every plan costs. */
public final class CostText {
    private CostText() {}

    /** For people: the totals, their lines, what more queries cost, where plans change places. */
    public static String of(CostPage page, Terminal terminal) {
        var estimate = page.model().estimate(page.queries());
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d queries a month; amounts in %s, prices of %s.",
                page.queries(),
                page.model().book().currency(),
                page.model().book().name()));
        lines.add(String.format(Locale.ROOT, "%n%-26s %16s %16s %8s", "plan", "set-up", "a month", "weeks"));
        for (var cost : estimate.plans()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s %16s %16s %8s",
                    terminal.bold(
                            String.format(Locale.ROOT, "%-26s", cost.plan().label())),
                    cost.setup().total(),
                    cost.monthly().total(),
                    cost.plan().weeks()));
        }
        details(lines, estimate, terminal);
        lines.add("\n" + terminal.bold("one training, by method"));
        estimate.methods().forEach(item -> lines.add(line(item, terminal)));
        lines.add("  Fine-tuning needs " + PlanningFigures.EXAMPLES + " examples; LoRA is useful from "
                + PlanningFigures.LORA_EXAMPLES + " on (planning figures).");
        whatIf(lines, page, terminal);
        lines.add("\n" + terminal.bold("where plans change places") + " (a month with its share of the set-up over "
                + page.months() + " months)");
        BreakEven.of(page.model(), page.months())
                .forEach(point -> lines.add(Wrapping.wrap(CostNotes.of(point), "  ", terminal.width())));
        return String.join("\n", lines);
    }

    private static void details(List<String> lines, Estimate estimate, Terminal terminal) {
        var rag = estimate.of(Plan.RAG);
        costs(lines, "rag, set-up", rag.setup(), terminal);
        costs(lines, "rag, a month", rag.monthly(), terminal);
        var tuning = estimate.of(Plan.FINE_TUNING_HOSTED);
        costs(lines, "fine-tuning, set-up", tuning.setup(), terminal);
        costs(lines, "fine-tuning hosted, a month", tuning.monthly(), terminal);
        costs(
                lines,
                "fine-tuning self-hosted, a month",
                estimate.of(Plan.FINE_TUNING_SELF_HOSTED).monthly(),
                terminal);
        lines.add("\n" + terminal.bold("hybrid"));
        lines.add(Wrapping.wrap(
                "Both set-ups; a month the lines of both, but each query is answered once: hosted by the dearer of model calls"
                        + " and hosted inference, since passages are read, else self-hosted.",
                "  ",
                terminal.width()));
    }

    private static void costs(List<String> lines, String title, Costs costs, Terminal terminal) {
        lines.add("\n" + terminal.bold(title) + ": " + costs.total());
        costs.items().forEach(item -> lines.add(line(item, terminal)));
        for (var note : CostNotes.of(costs)) {
            lines.add(String.format(Locale.ROOT, "  %-22s %14s", "sum of the parts", costs.sumOfParts()));
            lines.add(terminal.warning(Wrapping.wrap(note, "  ", terminal.width())));
        }
    }

    /** Name, amount, what it rests on, how it scales; how it came about where that says more, on a line of its own if it must. */
    private static String line(Item item, Terminal terminal) {
        var line = String.format(
                Locale.ROOT,
                "  %-22s %14s  %-15s  %-8s",
                item.name(),
                item.amount(),
                item.basis().label(),
                item.scaling().label());
        if (item.how().startsWith(item.amount() + " ")) {
            return line.stripTrailing();
        }
        boolean fits = line.length() + 2 + item.how().length() <= terminal.width();
        return (fits ? line : line.stripTrailing() + "\n" + " ".repeat(6))
                + terminal.dim(fits ? "  " + item.how() : item.how());
    }

    private static void whatIf(List<String> lines, CostPage page, Terminal terminal) {
        lines.add("\n" + terminal.bold("what if") + " (a month)");
        var heading = new StringBuilder(String.format(Locale.ROOT, "  %-24s", "queries a month"));
        page.whatIf()
                .forEach(queries -> heading.append(
                        String.format(Locale.ROOT, " %17s", String.format(Locale.ROOT, "%,d", queries))));
        lines.add(heading.toString());
        for (var plan : Plan.values()) {
            var row = new StringBuilder(String.format(Locale.ROOT, "  %-24s", plan.label()));
            page.whatIf()
                    .forEach(queries -> row.append(String.format(
                            Locale.ROOT,
                            " %17s",
                            page.model().estimate(queries).of(plan).monthly().total())));
            lines.add(row.toString());
        }
    }

    /** For programs. */
    public static Map<String, Object> json(CostPage page) {
        var estimate = page.model().estimate(page.queries());
        return Json.object(
                "queries_per_month", page.queries(),
                "currency", page.model().book().currency(),
                "price_book", page.model().book().name(),
                "plans", estimate.plans().stream().map(CostText::json).toList(),
                "methods", estimate.methods().stream().map(CostText::json).toList(),
                "examples_needed", json(PlanningFigures.EXAMPLES),
                "lora_examples", json(PlanningFigures.LORA_EXAMPLES),
                "what_if",
                        page.whatIf().stream()
                                .map(queries -> json(page.model(), queries))
                                .toList(),
                "months", page.months(),
                "break_even",
                        BreakEven.of(page.model(), page.months()).stream()
                                .map(point -> Json.object(
                                        "below", point.below().label(),
                                        "above", point.above().label(),
                                        "queries_per_month", point.queries(),
                                        "surely_from",
                                                point.surely().isPresent()
                                                        ? point.surely().getAsLong()
                                                        : Optional.empty()))
                                .toList());
    }

    private static Map<String, Object> json(CostModel model, long queries) {
        return Json.object(
                "queries_per_month",
                queries,
                "plans",
                model.estimate(queries).plans().stream()
                        .map(cost -> Json.object(
                                "plan", cost.plan().label(),
                                "monthly", json(cost.monthly().total())))
                        .toList());
    }

    private static Map<String, Object> json(PlanCost cost) {
        return Json.object(
                "plan", cost.plan().label(),
                "approach", cost.plan().approach().label(),
                "setup", json(cost.setup()),
                "monthly", json(cost.monthly()),
                "weeks_to_production", json(cost.plan().weeks()));
    }

    private static Map<String, Object> json(Costs costs) {
        var json = json(costs.total());
        json.put("sum_of_parts", json(costs.sumOfParts()));
        json.put(
                "published_totals",
                costs.shared().stream()
                        .map(PublishedTotal::total)
                        .map(CostText::json)
                        .toList());
        json.put("notes", CostNotes.of(costs));
        json.put("items", costs.items().stream().map(CostText::json).toList());
        return json;
    }

    private static Map<String, Object> json(Item item) {
        var json = Json.object("name", item.name());
        json.putAll(json(item.amount()));
        json.put("open_ended", item.amount().openEnded());
        json.put("basis", item.basis().label());
        json.put("scaling", item.scaling().label());
        json.put("how", item.how());
        return json;
    }

    /** A range's ends, to a tenth of a cent. */
    static Map<String, Object> json(Range range) {
        return Json.object("low", Json.rounded(range.low()), "high", Json.rounded(range.high()));
    }
}
