package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.Wrapping;
import dev.tandem.evaluation.advice.Advice;
import dev.tandem.evaluation.advice.AdvicePage;
import dev.tandem.evaluation.advice.Industry;
import dev.tandem.evaluation.advice.Origin;
import dev.tandem.evaluation.advice.SettingAdvice;
import dev.tandem.evaluation.advice.Step;
import dev.tandem.evaluation.cost.Approach;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A recommendation and the way to it. */
public final class AdviceText {
    private AdviceText() {}

    /** For people: a tree of the steps, then the recommendation, what gives way, and what to do. */
    public static String of(Advice advice, Terminal terminal) {
        var lines = new ArrayList<String>();
        advice.industry()
                .map(Industry::constraint)
                .ifPresent(constraint -> lines.add(Wrapping.wrap(constraint, "", terminal.width()) + "\n"));
        advice.path().forEach(step -> lines.add(step(step, terminal)));
        lines.add("└─ "
                + terminal.bold(terminal.accent(
                        "recommendation: " + advice.recommendation().label())));
        lines.add(Wrapping.wrap("because " + advice.reason() + ".", "   ", terminal.width()));
        advice.givesWay()
                .forEach(each -> lines.add(
                        terminal.warning(Wrapping.wrap("Gives way: " + each + ".", "   ", terminal.width()))));
        if (advice.path().stream().anyMatch(step -> step.origin() == Origin.ASSUMED)) {
            lines.add(terminal.dim(Wrapping.wrap(
                    "Assumed answers are Tandem's, not yours: answer them, and the path may end elsewhere.",
                    "   ",
                    terminal.width())));
        }
        lines.add("\nNext:");
        advice.commands().forEach(command -> lines.add("  " + terminal.bold(command)));
        if (!advice.settings().isEmpty()) {
            lines.add("\nIn tandem.yaml:");
            advice.settings().forEach(setting -> lines.add(setting(setting, terminal)));
        }
        lines.add(costs(advice));
        return String.join("\n", lines);
    }

    private static String step(Step step, Terminal terminal) {
        var answer = Wrapping.shortened(Terminal.printable(step.answer()), terminal.width());
        var text = new StringBuilder("├─ ")
                .append(terminal.bold(step.question()))
                .append(answer.length() > 20 ? "\n│  " : "  ")
                .append(terminal.accent(answer))
                .append(
                        step.origin() == Origin.GIVEN
                                ? ""
                                : terminal.dim("  (" + step.origin().label() + ")"));
        var consequence = Wrapping.wrap(step.consequence(), "│  ", terminal.width());
        text.append('\n').append(step.conflict() ? terminal.warning(consequence) : consequence);
        return text.append('\n')
                .append("│  ")
                .append(terminal.dim(AdvicePage.still(step.open())))
                .append("\n│")
                .toString();
    }

    private static String setting(SettingAdvice setting, Terminal terminal) {
        return String.format(
                Locale.ROOT, "  %-34s %s", setting.key() + ": " + setting.value(), terminal.dim("# " + setting.why()));
    }

    private static String costs(Advice advice) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%nWith %,d queries a month, in %s (`tandem cost` shows every line):",
                advice.costs().queries(),
                advice.currency()));
        advice.costs().plans().stream()
                .filter(cost -> cost.plan().approach() == advice.recommendation())
                .forEach(cost -> text.append(String.format(
                        Locale.ROOT,
                        "%n  %-26s set-up %s, then %s a month, %s weeks to production",
                        cost.plan().label(),
                        cost.setup().total(),
                        cost.monthly().total(),
                        cost.plan().weeks())));
        return text.toString();
    }

    /** For programs. */
    public static Map<String, Object> json(Advice advice) {
        return Json.object(
                "recommendation", advice.recommendation().label(),
                "reason", advice.reason(),
                "by_rules", advice.byRules().label(),
                "path", advice.path().stream().map(AdviceText::json).toList(),
                "gives_way", advice.givesWay(),
                "industry", advice.industry().map(Industry::label),
                "constraint", advice.industry().map(Industry::constraint),
                "settings",
                        advice.settings().stream()
                                .map(each -> Json.object("key", each.key(), "value", each.value(), "why", each.why()))
                                .toList(),
                "commands", advice.commands(),
                "evidence",
                        advice.evidence()
                                .map(found -> Json.object(
                                        "winner", found.winner().label(),
                                        "significant", found.significant(),
                                        "sentence", found.sentence())),
                "costs",
                        advice.costs().plans().stream()
                                .map(cost -> Json.object(
                                        "plan", cost.plan().label(),
                                        "approach", cost.plan().approach().label(),
                                        "setup", CostText.json(cost.setup().total()),
                                        "monthly", CostText.json(cost.monthly().total())))
                                .toList(),
                "currency", advice.currency());
    }

    private static Map<String, Object> json(Step step) {
        return Json.object(
                "question", step.question(),
                "answer", step.answer(),
                "consequence", step.consequence(),
                "origin", step.origin().label(),
                "still_open", labels(step.open()),
                "conflict", step.conflict());
    }

    private static List<String> labels(List<Approach> approaches) {
        return approaches.stream().map(Approach::label).toList();
    }
}
