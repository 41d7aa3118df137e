package dev.tandem.evaluation.advice;

import dev.tandem.evaluation.cost.Approach;
import dev.tandem.evaluation.cost.CostNotes;
import dev.tandem.evaluation.cost.Plan;
import dev.tandem.evaluation.cost.PlanCost;
import dev.tandem.foundation.page.Page;
import java.util.List;
import java.util.stream.Collectors;

/** A recommendation as a page: the path as it was walked, what gives way, what it costs, what to do next. */
public record AdvicePage(Advice advice) {
    /** The whole page, with nothing outside of it. */
    public String html() {
        return Page.of("Retrieval, fine-tuning, or both?", """
                <div class="tiles">%s%s</div>
                <p><b>%s</b>, because %s.</p>
                %s
                %s
                <h2>The path</h2>
                <ol class="path">%s<li class="end"><b>Recommendation: %s</b></li></ol>
                %s
                <h2>What to do next</h2>
                <pre>%s</pre>
                %s
                <h2>What it costs</h2>
                <table class="sums"><thead><tr><th>plan</th><th>set-up</th><th>a month</th><th>weeks to production</th></tr></thead>%s</table>
                <p class="note">%s queries a month, %s; `tandem cost` shows every line. %s</p>
                """.formatted(
                        Page.tile("recommendation", advice.recommendation().label(), "general"),
                        advice.industry()
                                .map(industry -> Page.tile("preset", industry.label(), "note"))
                                .orElse(""),
                        advice.recommendation().label(),
                        Page.escaped(advice.reason()),
                        advice.industry()
                                .map(industry -> "<p>" + Page.escaped(industry.constraint()) + "</p>")
                                .orElse(""),
                        givesWay(),
                        advice.path().stream().map(AdvicePage::step).collect(Collectors.joining()),
                        advice.recommendation().label(),
                        advice.path().stream().anyMatch(step -> step.origin() == Origin.ASSUMED)
                                ? "<p class=\"note\">Assumed answers are Tandem's, not yours: answer them, and the path may end elsewhere.</p>"
                                : "",
                        advice.commands().stream().map(Page::escaped).collect(Collectors.joining("\n")),
                        settings(),
                        advice.costs().plans().stream().map(this::cost).collect(Collectors.joining()),
                        Page.number(advice.costs().queries()),
                        Page.escaped(advice.currency()),
                        Page.escaped(String.join(
                                " ", CostNotes.of(advice.costs().of(Plan.RAG).monthly())))));
    }

    private String givesWay() {
        return advice.givesWay().stream()
                .map(each -> "<p class=\"bad warning\">Gives way: " + Page.escaped(each) + ".</p>")
                .collect(Collectors.joining());
    }

    private static String step(Step step) {
        return "<li%s><b>%s</b> <span class=\"chip\">%s</span> <small>%s</small><br/>%s<br/><small>%s</small></li>"
                .formatted(
                        step.conflict() ? " class=\"conflict\"" : "",
                        Page.escaped(step.question()),
                        Page.escaped(step.answer()),
                        step.origin().label(),
                        Page.escaped(step.consequence()),
                        Page.escaped(still(step.open())));
    }

    /** What may still come out, in words. */
    public static String still(List<Approach> open) {
        return (open.size() > 1 ? "still open: " : "leads to: ")
                + open.stream().map(Approach::label).collect(Collectors.joining(", "));
    }

    private String settings() {
        if (advice.settings().isEmpty()) {
            return "";
        }
        return "<h3>In tandem.yaml</h3><table class=\"sums\">"
                + advice.settings().stream()
                        .map(setting -> "<tr><td><code>%s: %s</code></td><td>%s</td></tr>"
                                .formatted(
                                        Page.escaped(setting.key()),
                                        Page.escaped(setting.value()),
                                        Page.escaped(setting.why())))
                        .collect(Collectors.joining())
                + "</table>";
    }

    private String cost(PlanCost cost) {
        boolean recommended = cost.plan().approach() == advice.recommendation();
        return "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                .formatted(
                        recommended
                                ? "<b>" + cost.plan().label() + "</b>"
                                : cost.plan().label(),
                        cost.setup().total(),
                        cost.monthly().total(),
                        cost.plan().weeks());
    }
}
