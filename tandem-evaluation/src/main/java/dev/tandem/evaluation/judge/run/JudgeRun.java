package dev.tandem.evaluation.judge.run;

import dev.tandem.evaluation.judge.Judge;
import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.evaluation.judge.run.ExchangeLines.Identified;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges a file of answers, as many at once as there are cores, and writes the judgements in the order of the input. What
 * the output holds is not judged again, so that a run that was stopped goes on; a record that cannot be judged is told,
 * counted and tried again by the next run.
 *
 * @param input lines of {@code {"id", "context": [...], "answer", "question"?}}
 * @param output lines of {@code {"id", "faithfulness", "answer_relevancy", "context_relevancy", "unsupported": [...]}}
 * @param overwrite whether the output begins anew
 */
public record JudgeRun(Path input, Path output, boolean overwrite) {
    /** Records in work at once: what a kill loses, and what is in memory. */
    private static final int WINDOW = 64;

    /** Characters of them: a few long contexts fill a window, too. */
    private static final int WINDOW_CHARS = 500_000;

    /**
     * Judges.
     *
     * @param fault is told of each record that cannot be judged, in a sentence
     * @param cancelled asked between windows; what is judged by then is kept
     * @throws MendableException when a file cannot be read or written
     */
    public Summary judge(Judge judge, Progress progress, Consumer<String> fault, BooleanSupplier cancelled) {
        if (!Files.isRegularFile(input)) {
            throw new MendableException("Cannot read " + input + ": check that it is a file of JSON lines.");
        }
        if (input.toAbsolutePath().normalize().equals(output.toAbsolutePath().normalize())) {
            throw new MendableException("--input and --out name the same file: name another for --out.");
        }
        int[] failed = new int[1];
        Consumer<String> counted = problem -> {
            failed[0]++;
            fault.accept(problem);
        };
        var counts = new Summary.Counts(judge.threshold());
        int judged = 0;
        int before = 0;
        try (var lines = new ExchangeLines(input, counted);
                var scores = new ScoreLines(output, overwrite, counts);
                var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
                var task = progress.start("Judging", records(), "records")) {
            var window = new ArrayList<Identified>();
            int chars = 0;
            for (var next = lines.next(); next.isPresent() && !cancelled.getAsBoolean(); next = lines.next()) {
                if (scores.holds(next.get().id())) {
                    before++;
                    continue;
                }
                if (judged == 0 && window.isEmpty()) {
                    task.before(before);
                }
                window.add(next.get());
                chars += chars(next.get());
                if (window.size() == WINDOW || chars > WINDOW_CHARS) {
                    judged += judge(window, judge, pool, scores, counted);
                    task.step(window.size());
                    window.clear();
                    chars = 0;
                }
            }
            if (!cancelled.getAsBoolean()) {
                judged += judge(window, judge, pool, scores, counted);
                task.step(window.size());
            }
        }
        return counts.summary(judged, before, failed[0]);
    }

    private static int chars(Identified record) {
        return record.exchange().answer().length()
                + record.exchange().context().stream().mapToInt(String::length).sum();
    }

    /** How many lines there are, good and bad, for the bar alone. */
    private long records() {
        long count = 0;
        try (var lines = Files.newBufferedReader(input, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                count += line.isBlank() ? 0 : 1;
            }
            return count;
        } catch (java.io.IOException e) {
            throw new MendableException("Cannot read " + input + ": check that the file may be read.", e);
        }
    }

    /** Judges some records at once and writes them in order; returns how many were judged. */
    private int judge(
            List<Identified> records, Judge judge, ExecutorService pool, ScoreLines scores, Consumer<String> fault) {
        var work = new ArrayList<Future<Judgement>>();
        for (var record : records) {
            work.add(pool.submit(() -> judge.judge(record.exchange())));
        }
        int judged = 0;
        for (int i = 0; i < records.size(); i++) {
            try {
                scores.write(records.get(i).id(), work.get(i).get());
                judged++;
            } catch (ExecutionException e) {
                // An error of the machine (no memory) ends the run; all else is one record's own matter.
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                fault.accept(input + ", line " + records.get(i).line() + ": " + reason(e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while judging", e);
            }
        }
        scores.flush();
        return judged;
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof MendableException
                ? String.valueOf(cause.getMessage())
                : "the judge failed (" + cause + "); shorten the record, or report it as a bug.";
    }
}
