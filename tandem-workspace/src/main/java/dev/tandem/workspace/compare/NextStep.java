package dev.tandem.workspace.compare;

import dev.tandem.models.starter.Starter;
import dev.tandem.tuning.training.TuningSettings.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person can do with a verdict.
 *
 * @param command as it is typed; it may be a line of tandem.yaml
 */
public record NextStep(String why, String command) {
    /** How the winner, or without one the best guess, is taken into use. */
    public static List<NextStep> of(ComparisonResult result, Path workspace) {
        return result.found()
                .map(found -> found.verdict().winner().orElse(found.verdict().bestGuess()))
                .flatMap(name -> result.approaches().stream()
                        .filter(run -> run.name().equals(name))
                        .findFirst())
                .map(run -> of(run, result, workspace))
                .orElse(List.of());
    }

    private static List<NextStep> of(ApproachRun run, ComparisonResult result, Path workspace) {
        var base = base(result.request().base());
        var steps = new ArrayList<NextStep>();
        switch (run.kind()) {
            case BASE, FEW_SHOT ->
                steps.add(
                        new NextStep("ask the model as it is", "tandem generate --base " + base + " --prompt \"...\""));
            case RAG -> steps.add(ask(workspace));
            case FINE_TUNED -> steps.addAll(tuned(run, base));
            case HYBRID -> {
                steps.add(ask(workspace));
                steps.addAll(tuned(run, base));
            }
        }
        steps.add(new NextStep("what the verdict changes in the advice", "tandem advise -w " + workspace));
        return steps;
    }

    private static NextStep ask(Path workspace) {
        return new NextStep("ask the documents", "tandem ask -w " + workspace + " \"...\"");
    }

    /** As commands name it. */
    private static String base(Path folder) {
        return folder.startsWith(Starter.cache(System.getenv())) ? Starter.NAME : folder.toString();
    }

    private static List<NextStep> tuned(ApproachRun run, String base) {
        return run.tuned().stream()
                .map(model -> new NextStep(
                        "ask the tuned model",
                        "tandem generate --base "
                                + (model.method().filter(Method.FULL::equals).isPresent()
                                        ? model.folder()
                                        : base + " --adapter " + model.folder())
                                + " --prompt \"...\""))
                .toList();
    }
}
