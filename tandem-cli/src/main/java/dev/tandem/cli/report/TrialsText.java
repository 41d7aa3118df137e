package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.tuning.search.Plan;
import dev.tandem.tuning.search.SearchResult;
import dev.tandem.tuning.search.Trial;
import dev.tandem.tuning.search.Verdict;
import dev.tandem.tuning.training.TuningSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What a search tried and found. */
public final class TrialsText {
    private TrialsText() {}

    /** For people. */
    public static String of(SearchResult result, Terminal terminal) {
        var lines = new ArrayList<String>();
        var plan = result.plan();
        for (int rung = 0; rung < plan.rungs().size(); rung++) {
            var trials = of(result.trials(), rung);
            if (!trials.isEmpty()) {
                lines.add(heading(plan, rung, trials.size()));
                lines.add(terminal.dim("  number  " + columns(plan) + "  updates  held-out loss  seconds"));
                trials.forEach(trial -> lines.add(row(plan, trial)));
            }
        }
        lines.add("");
        int left = plan.trials() - result.trials().size();
        if (result.verdict().isEmpty()) {
            lines.add("Stopped after " + result.trials().size() + " of " + plan.trials()
                    + " trials; go on with: tandem tune --resume " + result.out());
        } else {
            if (left > 0) {
                lines.add(left + (left == 1 ? " trial was" : " trials were") + " left out to keep within the time.");
            }
            lines.addAll(verdict(result, result.verdict().get()));
        }
        lines.add("Trials as a picture: " + result.chart());
        return String.join("\n", lines);
    }

    private static List<Trial> of(List<Trial> trials, int rung) {
        return trials.stream()
                .filter(trial -> trial.rung() == rung)
                .sorted(Comparator.comparingDouble(Trial::loss))
                .toList();
    }

    private static String heading(Plan plan, int rung, int trials) {
        var given = plan.rungs().get(rung);
        return String.format(
                Locale.ROOT,
                "Rung %d of %d: %d %s, %,d examples%s each",
                rung + 1,
                plan.rungs().size(),
                trials,
                trials == 1 ? "configuration" : "configurations",
                given.examples(),
                given.epochs() == 1 ? "" : " " + given.epochs() + " times");
    }

    private static String columns(Plan plan) {
        return switch (plan.configurations().getFirst().method()) {
            case LORA, QLORA -> "learning rate  batch  rank  alpha  layers           ";
            case FULL -> "learning rate  batch  weight decay";
            case PROMPT -> "learning rate  batch";
        };
    }

    private static String row(Plan plan, Trial trial) {
        return String.format(
                Locale.ROOT,
                "  %-7s  %s  %7d  %13s  %7.1f",
                trial.configuration() == 0 ? "default" : trial.configuration(),
                settings(plan.configurations().get(trial.configuration())),
                trial.updates(),
                trial.converged() ? String.format(Locale.ROOT, "%.4f", trial.loss()) : "diverged",
                trial.seconds());
    }

    private static String settings(TuningSettings settings) {
        var common = String.format(Locale.ROOT, "%12s  %5d", rate(settings.learningRate()), settings.batch());
        return switch (settings.method()) {
            case LORA, QLORA ->
                String.format(
                        Locale.ROOT,
                        "%s  %4d  %5.0f  %-17s",
                        common,
                        settings.lora().rank(),
                        settings.lora().alpha(),
                        layers(settings.lora().targets()));
            case FULL -> String.format(Locale.ROOT, "%s  %12s", common, settings.weightDecay());
            case PROMPT -> common;
        };
    }

    private static String layers(List<String> targets) {
        return targets.isEmpty() ? "all linear" : String.join(",", targets).replace("_proj", "");
    }

    private static String rate(double rate) {
        return new BigDecimal(String.valueOf(rate)).stripTrailingZeros().toPlainString();
    }

    private static List<String> verdict(SearchResult result, Verdict verdict) {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "On the final part (%d examples that selected nothing), loss a token: default %s%s.",
                result.plan().speed().last(),
                loss(verdict.loss(0)),
                verdict.challenger()
                        .map(trial -> ", configuration " + trial.configuration() + " "
                                + loss(verdict.loss(trial.configuration())))
                        .orElse("; no other was trained wholly")));
        if (verdict.chosen() != 0) {
            lines.add("The search won"
                    + (verdict.gain().isPresent()
                            ? String.format(
                                    Locale.ROOT,
                                    ": %.4f less than the default.",
                                    verdict.gain().getAsDouble())
                            : ": the default diverged.")
                    + " Its weights are in " + result.out() + ".");
            lines.add("As options: " + options(result.plan().configurations().get(verdict.chosen())));
        } else {
            lines.add(
                    verdict.winner() == 0
                            ? "Nothing better than the default was found; its weights are in " + result.out() + "."
                            : "What the search chose is not better there, so the default's weights are kept in "
                                    + result.out() + ".");
        }
        return lines;
    }

    private static String loss(OptionalDouble loss) {
        return loss.isPresent() ? String.format(Locale.ROOT, "%.4f", loss.getAsDouble()) : "none (it diverged)";
    }

    /** What `tandem tune` is given for the same settings; weight decay has no option. */
    private static String options(TuningSettings settings) {
        var common = "--learning-rate " + rate(settings.learningRate()) + " --batch " + settings.batch();
        var lora = settings.lora();
        return switch (settings.method()) {
            case LORA, QLORA ->
                common + " --rank " + lora.rank() + " --alpha " + rate(lora.alpha())
                        + (lora.targets().isEmpty() ? "" : " --target " + String.join(",", lora.targets()));
            case FULL -> common + " (weight decay " + settings.weightDecay() + ")";
            case PROMPT -> common;
        };
    }

    /** For programs. */
    public static Map<String, Object> json(SearchResult result) {
        var plan = result.plan();
        var json = Json.object(
                "out", result.out(),
                "method", plan.configurations().getFirst().method().name().toLowerCase(Locale.ROOT),
                "ending", result.verdict().isPresent() ? "done" : "cancelled",
                "rungs",
                        plan.rungs().stream()
                                .map(rung -> Json.object(
                                        "configurations", rung.configurations(),
                                        "examples", rung.examples(),
                                        "epochs", rung.epochs()))
                                .toList(),
                "trials",
                        result.trials().stream().map(trial -> json(plan, trial)).toList(),
                "trials_left_out", plan.trials() - result.trials().size(),
                "chart", result.chart());
        result.verdict().ifPresent(verdict -> {
            json.put("winner", verdict.winner());
            json.put("chosen", verdict.chosen());
            json.put("final_examples", plan.speed().last());
            json.put("final_loss_of_default", number(verdict.loss(0)));
            verdict.challenger().ifPresent(trial -> {
                json.put("best_other", trial.configuration());
                json.put("final_loss_of_best_other", number(verdict.loss(trial.configuration())));
            });
            json.put("final_loss", number(verdict.loss(verdict.chosen())));
            json.put("gain", number(verdict.gain()));
        });
        return json;
    }

    private static Object number(OptionalDouble loss) {
        return loss.isPresent() ? java.util.Optional.of(loss.getAsDouble()) : java.util.Optional.empty();
    }

    private static Map<String, Object> json(Plan plan, Trial trial) {
        var settings = plan.configurations().get(trial.configuration());
        var json = Json.object(
                "rung", trial.rung() + 1,
                "configuration", trial.configuration(),
                "learning_rate", settings.learningRate(),
                "batch", settings.batch());
        switch (settings.method()) {
            case LORA, QLORA -> {
                json.put("rank", settings.lora().rank());
                json.put("alpha", settings.lora().alpha());
                json.put("targets", settings.lora().targets());
            }
            case FULL -> json.put("weight_decay", settings.weightDecay());
            case PROMPT -> json.put("virtual_tokens", settings.virtualTokens());
        }
        json.put("updates", trial.updates());
        json.put("held_out_loss", number(trial.converged() ? OptionalDouble.of(trial.loss()) : OptionalDouble.empty()));
        json.put("seconds", trial.seconds());
        return json;
    }
}
