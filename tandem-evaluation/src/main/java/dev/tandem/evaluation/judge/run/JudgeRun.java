package dev.tandem.evaluation.judge.run;

import dev.tandem.evaluation.judge.Judge;
import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.evaluation.judge.agreement.LabelAgreement;
import dev.tandem.evaluation.judge.run.Exchanges.Labelled;
import dev.tandem.evaluation.judge.run.RecordLines.Identified;
import dev.tandem.foundation.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Judges a file of answers, several at once, and writes the judgements in the order of the input. What the output holds is not
 * judged again, so that a run that was stopped goes on; a record that cannot be judged, or not in all scores, is told, counted
 * and tried again by the next run.
 *
 * @param input lines of {@code {"id", "context": [...], "answer", "question"?, "reference"?, "label"?}}
 * @param output lines of {@code {"id", "faithfulness", "answer_relevancy", "context_relevancy", "unsupported": [...]}}, of a
 *     language model also {@code "context_precision", "context_recall", "missing": {...}?, "judge"}
 * @param overwrite whether the output begins anew
 * @param parallel records in work at once, at least 1
 * @param labels whether the judge is compared with the labels of the input
 */
public record JudgeRun(Path input, Path output, boolean overwrite, int parallel, boolean labels) {
    /** As many at once as there are cores, without labels. */
    public JudgeRun(Path input, Path output, boolean overwrite) {
        this(input, output, overwrite, Runtime.getRuntime().availableProcessors(), false);
    }

    /**
     * Judges.
     *
     * @param fault is told of each record that cannot be judged, in a sentence
     * @param cancelled asked all the time; what is judged by then is kept
     * @throws dev.tandem.foundation.MendableException when a file cannot be read or written
     */
    public Summary judge(Judge judge, Progress progress, Consumer<String> fault, BooleanSupplier cancelled) {
        InputFile.check(input, output);
        try (var scores = new ScoreLines(output, overwrite, judge.name())) {
            var run = new Running(scores, judge, fault, cancelled);
            run.judge(progress);
            var counts = new Summary.Counts(judge.threshold());
            scores.count(counts);
            return counts.summary(
                    new Summary.Records(run.judged, run.before, run.failed, run.partly),
                    run.agreement(judge.threshold()));
        }
    }

    /** One run; everything but the judging itself happens on one thread. */
    private final class Running implements OrderedWork.Results<Identified<Labelled>, Judgement> {
        private final ScoreLines scores;
        private final Judge judge;
        private final Consumer<String> fault;
        private final BooleanSupplier cancelled;
        private final Map<String, Boolean> labelled = new HashMap<>();
        private int judged;
        private int before;
        private int failed;
        private int partly;
        private Progress.Task task = steps -> {};

        Running(ScoreLines scores, Judge judge, Consumer<String> fault, BooleanSupplier cancelled) {
            this.scores = scores;
            this.judge = judge;
            this.fault = fault;
            this.cancelled = cancelled;
        }

        void judge(Progress progress) {
            try (var lines = Exchanges.open(input, labels, this::fault);
                    var started = progress.start("Judging", InputFile.records(input), "records")) {
                task = started;
                new OrderedWork<Identified<Labelled>, Judgement>(
                                parallel, record -> record.content().chars())
                        .run(
                                () -> next(lines),
                                record -> judge.judge(record.content().exchange()),
                                this,
                                cancelled,
                                judge::cancel);
            }
        }

        /** The next that the output does not hold. */
        private Optional<Identified<Labelled>> next(RecordLines<Labelled> lines) {
            int passed = 0;
            var next = lines.next();
            for (; next.isPresent(); next = lines.next()) {
                var id = next.get().id();
                next.get().content().label().ifPresent(label -> labelled.put(id, label));
                if (!scores.holds(id)) {
                    break;
                }
                passed++;
            }
            if (passed > 0 && judged == 0 && before == 0) {
                task.before(passed);
            } else {
                task.step(passed);
            }
            before += passed;
            return next;
        }

        @Override
        public void done(Identified<Labelled> record, Judgement judgement) {
            scores.write(record.id(), judgement);
            judged++;
            task.step(1);
            if (!judgement.missing().isEmpty()) {
                partly++;
                judgement
                        .missing()
                        .forEach((score, why) -> fault.accept(record.place() + ": " + score + " is missing: " + why));
            }
        }

        @Override
        public void failed(Identified<Labelled> record, Throwable failure) {
            if (!(failure instanceof CancellationException)) {
                task.step(1);
                fault(record.place() + ": " + InputFile.reason(failure));
            }
        }

        private void fault(String problem) {
            failed++;
            fault.accept(problem);
        }

        Optional<LabelAgreement> agreement(double threshold) {
            var known = scores.faithfulness();
            known.keySet().retainAll(labelled.keySet());
            if (known.isEmpty()) {
                return Optional.empty();
            }
            var values =
                    known.values().stream().mapToDouble(Double::doubleValue).toArray();
            var said = new boolean[values.length];
            int at = 0;
            for (var id : known.keySet()) {
                said[at++] = Boolean.TRUE.equals(labelled.get(id));
            }
            return Optional.of(LabelAgreement.of(values, said, threshold));
        }
    }
}
