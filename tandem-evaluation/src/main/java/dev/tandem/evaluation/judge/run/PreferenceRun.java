package dev.tandem.evaluation.judge.run;

import dev.tandem.evaluation.judge.agreement.PreferenceAgreement;
import dev.tandem.evaluation.judge.llm.Preference;
import dev.tandem.evaluation.judge.llm.PreferenceJudge;
import dev.tandem.evaluation.judge.run.RecordLines.Identified;
import dev.tandem.evaluation.testset.Shortened;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Compares pairs of answers, several at once, and writes the preferences in the order of the input. What the output holds is
 * not compared again; a pair that cannot be compared is told, counted and tried again by the next run.
 *
 * @param input lines of {@code {"id", "question", "answer_1", "answer_2", "label"?}}, the label 1 or 2
 * @param output lines of {@code {"id", "preference", "reason", "changed_with_order", "place", "judge"}}
 * @param overwrite whether the output begins anew
 * @param parallel pairs in work at once, at least 1
 */
public record PreferenceRun(Path input, Path output, boolean overwrite, int parallel) {
    private record Pair(String question, String first, String second, Optional<Integer> label) {
        int chars() {
            return question.length() + first.length() + second.length();
        }
    }

    /**
     * Compares.
     *
     * @param fault is told of each pair that cannot be compared, in a sentence
     * @param cancelled asked all the time; what is compared by then is kept
     * @throws MendableException when a file cannot be read or written
     */
    public PreferenceSummary compare(
            PreferenceJudge judge, Progress progress, Consumer<String> fault, BooleanSupplier cancelled) {
        InputFile.check(input, output);
        try (var verdicts = new OutputLines(output, overwrite, Set.of("preference", "reason", "judge"))) {
            checkJudge(verdicts, judge.name());
            var run = new Running(verdicts, judge, fault, cancelled);
            run.compare(progress);
            return run.summary();
        }
    }

    private void checkJudge(OutputLines verdicts, String judge) {
        for (var line : verdicts.lines()) {
            var other = line.path("judge").asText();
            if (!other.equals(judge)) {
                throw new MendableException(
                        output + " holds preferences of the judge " + Shortened.of(other)
                                + ", and those of " + judge
                                + " cannot be mixed with them: name another file for --out, or begin it anew with --overwrite.");
            }
        }
    }

    private RecordLines<Pair> open(Consumer<String> fault) {
        return new RecordLines<>(
                input,
                fault,
                fields -> new Pair(
                        fields.required("question"),
                        fields.required("answer_1"),
                        fields.required("answer_2"),
                        label(fields)));
    }

    private static Optional<Integer> label(RecordLines<Pair>.Fields fields) {
        return fields.value("label").map(value -> {
            if (value.isIntegralNumber() && (value.asLong() == 1 || value.asLong() == 2)) {
                return value.asInt();
            }
            throw fields.error("\"label\" is " + value + ", which names no answer", "write 1 or 2, or leave it out");
        });
    }

    /** One run; everything but the comparing itself happens on one thread. */
    private final class Running implements OrderedWork.Results<Identified<Pair>, Preference> {
        private final OutputLines verdicts;
        private final PreferenceJudge judge;
        private final Consumer<String> fault;
        private final BooleanSupplier cancelled;
        private final Map<String, Integer> labels = new HashMap<>();
        private Progress.Task task = steps -> {};
        private int compared;
        private int before;
        private int failed;

        Running(OutputLines verdicts, PreferenceJudge judge, Consumer<String> fault, BooleanSupplier cancelled) {
            this.verdicts = verdicts;
            this.judge = judge;
            this.fault = fault;
            this.cancelled = cancelled;
        }

        void compare(Progress progress) {
            try (var lines = open(this::fault);
                    var started = progress.start("Comparing", InputFile.records(input), "pairs")) {
                task = started;
                new OrderedWork<Identified<Pair>, Preference>(
                                parallel, pair -> pair.content().chars())
                        .run(() -> next(lines), this::compare, this, cancelled, judge::cancel);
            }
        }

        private Preference compare(Identified<Pair> pair) {
            var content = pair.content();
            return judge.compare(content.question(), content.first(), content.second());
        }

        /** The next that the output does not hold. */
        private Optional<Identified<Pair>> next(RecordLines<Pair> lines) {
            int passed = 0;
            var next = lines.next();
            for (; next.isPresent(); next = lines.next()) {
                var id = next.get().id();
                next.get().content().label().ifPresent(label -> labels.put(id, label));
                if (verdicts.line(id).isEmpty()) {
                    break;
                }
                passed++;
            }
            if (passed > 0 && compared == 0 && before == 0) {
                task.before(passed);
            } else {
                task.step(passed);
            }
            before += passed;
            return next;
        }

        @Override
        public void done(Identified<Pair> pair, Preference preference) {
            verdicts.write(OutputLines.begin(pair.id())
                    .put("preference", preference.preferred())
                    .put("reason", preference.reason())
                    .put("changed_with_order", preference.changed())
                    .put("place", preference.place())
                    .put("judge", judge.name()));
            compared++;
            task.step(1);
        }

        @Override
        public void failed(Identified<Pair> pair, Throwable failure) {
            if (!(failure instanceof CancellationException)) {
                task.step(1);
                fault(pair.place() + ": " + InputFile.reason(failure));
            }
        }

        private void fault(String problem) {
            failed++;
            fault.accept(problem);
        }

        PreferenceSummary summary() {
            var counts = new int[3];
            var places = new int[3];
            List<int[]> labelled = new ArrayList<>();
            for (var line : verdicts.lines()) {
                int preferred = Math.clamp(line.path("preference").asInt(), 0, 2);
                counts[preferred]++;
                places[Math.clamp(line.path("place").asInt(), 0, 2)]++;
                var label = labels.get(line.get("id").asText());
                if (label != null) {
                    labelled.add(new int[] {preferred, label});
                }
            }
            var agreement = labelled.isEmpty()
                    ? Optional.<PreferenceAgreement>empty()
                    : Optional.of(PreferenceAgreement.of(
                            labelled.stream().mapToInt(pair -> pair[0]).toArray(),
                            labelled.stream().mapToInt(pair -> pair[1]).toArray()));
            return new PreferenceSummary(
                    compared,
                    before,
                    failed,
                    counts[1],
                    counts[2],
                    counts[0],
                    places[1] + places[2],
                    places[1],
                    agreement);
        }
    }
}
