package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.HeadToHead;
import dev.tandem.evaluation.compare.Measurements;
import dev.tandem.evaluation.compare.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison found.
 *
 * @param approaches what was measured, whole or in part
 * @param found the verdict and what it rests on; empty if fewer than two approaches have a score
 * @param leftOut what is missing, and why
 * @param tuned the tuned models, those that were there before among them
 * @param freshFact what a changed document did
 * @param texts how each approach writes; empty if no question is one of style
 * @param cautions what should be known before the verdict is believed, as sentences
 */
public record ComparisonResult(
        ComparisonRequest request,
        List<ApproachRun> approaches,
        Optional<Found> found,
        List<LeftOut> leftOut,
        List<Tuned> tuned,
        Optional<FreshFact> freshFact,
        List<TextQuality> texts,
        List<String> cautions) {
    public ComparisonResult {
        approaches = List.copyOf(approaches);
        leftOut = List.copyOf(leftOut);
        tuned = List.copyOf(tuned);
        texts = List.copyOf(texts);
        cautions = List.copyOf(cautions);
    }

    /** What was reached from the measurements. */
    public record Found(Measurements measurements, Verdict verdict, HeadToHead table) {}

    /** Whether a budget or somebody ended it before it was done. */
    public boolean isPartial() {
        return leftOut.stream().anyMatch(LeftOut::isPartial);
    }

    /** What stands before the verdict of a part: how many questions it rests on; empty for the whole. */
    public String partly() {
        if (!isPartial()) {
            return "";
        }
        int all = request.testSet().cases().size();
        var asked = approaches.stream().mapToInt(run -> run.examples().size()).summaryStatistics();
        if (asked.getCount() == 0 || asked.getMin() == all) {
            return "Partial: ";
        }
        return "Partial, after "
                + (asked.getMin() == asked.getMax() ? "" : asked.getMin() + " to ")
                + asked.getMax() + " of " + all + " questions an approach: ";
    }

    /** Whether a budget ended it; the same again goes on. */
    public boolean endedByBudget() {
        return leftOut.stream().anyMatch(each -> each.reason() == LeftOut.Reason.BUDGET);
    }

    /** Whether somebody stopped it; the same again goes on. */
    public boolean isStopped() {
        return leftOut.stream().anyMatch(each -> each.reason() == LeftOut.Reason.STOPPED);
    }

    /** Whether an approach could not be measured. */
    public boolean hasFailed() {
        return leftOut.stream().anyMatch(each -> each.reason() == LeftOut.Reason.FAILED);
    }
}
