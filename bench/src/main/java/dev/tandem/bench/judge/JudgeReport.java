package dev.tandem.bench.judge;

import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.FaithfulnessModel;
import dev.tandem.evaluation.judge.agreement.Measures;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Labelled collections, and what the judge makes of each without having seen it. */
public final class JudgeReport {
    private static final int FOLDS = 10;

    private final Map<String, List<LabelledAnswer>> sets;

    private JudgeReport(Map<String, List<LabelledAnswer>> sets) {
        this.sets = sets;
    }

    /** Reads collections and gathers their evidence. */
    public static JudgeReport read(List<Path> files) throws IOException {
        var sets = new LinkedHashMap<String, List<LabelledAnswer>>();
        var encoder = OnnxTextEncoder.bundled();
        // The judge owns the encoder and closes it.
        try (var judge = new EmbeddedJudge(encoder, FaithfulnessModel.shipped())) {
            for (var file : files) {
                var answers = LabelledAnswer.read(file, judge, encoder);
                sets.put(answers.getFirst().set(), answers);
            }
        }
        return new JudgeReport(sets);
    }

    /** The model fitted on everything. */
    public FaithfulnessModel model() {
        return Fit.of(all());
    }

    private List<LabelledAnswer> all() {
        return sets.values().stream().flatMap(List::stream).toList();
    }

    /** Prints all measurements as Markdown. */
    public void print(PrintStream out) {
        out.println(
                "| collection | supported | AUROC: judge | cross-validated | similarity of the whole"
                        + " | of the best sentences | word overlap | balanced accuracy | cross-validated | ECE | cross-validated |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        sets.forEach((name, answers) -> {
            var others =
                    all().stream().filter(answer -> !answer.set().equals(name)).toList();
            var model = Fit.of(others);
            var scores = Fit.scores(model, answers);
            var labels = Fit.labels(answers);
            var within = crossValidated(answers, others);
            long supported = answers.stream().filter(LabelledAnswer::supported).count();
            out.printf(
                    Locale.ROOT,
                    "| %s | %d of %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |%n",
                    name,
                    supported,
                    answers.size(),
                    Measures.auroc(scores, labels),
                    Measures.auroc(within.scores(), labels),
                    Measures.auroc(by(answers, LabelledAnswer::similarity), labels),
                    Measures.auroc(by(answers, LabelledAnswer::bestSimilarity), labels),
                    Measures.auroc(by(answers, LabelledAnswer::overlap), labels),
                    Measures.balancedAccuracy(scores, labels, model.threshold()),
                    Measures.balancedAccuracy(within.margins(), labels, 0),
                    Measures.calibrationError(scores, labels),
                    Measures.calibrationError(within.scores(), labels));
        });
        sets.forEach((name, answers) -> {
            var others =
                    all().stream().filter(answer -> !answer.set().equals(name)).toList();
            out.println();
            printBins(name, Fit.scores(Fit.of(others), answers), Fit.labels(answers), out);
        });
        out.println();
        out.println("cross-validated, all collections:");
        var scores = crossValidated(all(), List.of()).scores();
        printBins("all", scores, Fit.labels(all()), out);
        out.printf(Locale.ROOT, "ECE %.3f%n", Measures.calibrationError(scores, Fit.labels(all())));
    }

    private static void printBins(String name, double[] scores, boolean[] labels, PrintStream out) {
        out.println(name + ": mean score and share supported, in five bins of as many answers");
        for (var bin : Measures.bins(scores, labels, 5)) {
            out.printf(Locale.ROOT, "  %3d answers: %.2f %.2f%n", bin.count(), bin.score(), bin.supported());
        }
    }

    /** Scores, and how far each is over its model's threshold. */
    private record Validated(double[] scores, double[] margins) {}

    /** Scores by models that saw other sources of the same collection, and some answers besides. */
    private static Validated crossValidated(List<LabelledAnswer> answers, List<LabelledAnswer> besides) {
        var scores = new double[answers.size()];
        var margins = new double[answers.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            var seen = new ArrayList<>(besides);
            for (var answer : answers) {
                if (fold(answer) != fold) {
                    seen.add(answer);
                }
            }
            var model = Fit.of(seen);
            for (int i = 0; i < scores.length; i++) {
                if (fold(answers.get(i)) == fold) {
                    scores[i] = model.score(answers.get(i).claims());
                    margins[i] = scores[i] - model.threshold();
                }
            }
        }
        return new Validated(scores, margins);
    }

    private static int fold(LabelledAnswer answer) {
        return Math.floorMod(answer.source().hashCode(), FOLDS);
    }

    private static double[] by(List<LabelledAnswer> answers, ToDoubleFunction<LabelledAnswer> score) {
        return answers.stream().mapToDouble(score).toArray();
    }
}
