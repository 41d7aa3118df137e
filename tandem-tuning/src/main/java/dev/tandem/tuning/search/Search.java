package dev.tandem.tuning.search;

import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.example.gate.Examples;
import dev.tandem.tuning.training.TuningJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A search from files to files: splits the data into what is learned, what selects and what judges at the end, times the first
 * updates, plans, searches, and leaves the chosen weights as a single tuning would have.
 *
 * @param job a single tuning with the default configuration, which is the first of the search
 * @param fixed what the user gave and is not searched
 * @param budget how long all of it may take
 */
public record Search(TuningJob job, Set<SearchSpace.Choice> fixed, Budget budget) {
    public Search {
        fixed = Set.copyOf(fixed);
    }

    /** Whether a folder holds a search that is not finished. */
    public static boolean isUnfinished(Path out) {
        return Files.isRegularFile(record(out)) && !Files.exists(out.resolve("tandem.json"));
    }

    /** The search that a folder records, to go on with. */
    public static Search recorded(Path out) {
        return SearchRecord.search(record(out), out);
    }

    private static Path record(Path out) {
        return out.resolve("search").resolve("search.json");
    }

    /**
     * Searches, or goes on with the search that the folder holds.
     *
     * @param memory what there is; configurations that need more by the estimate are left out
     * @param remarks told in a sentence what should be known
     * @param cancelled asked after each update
     * @return empty if it was stopped before there was a plan, so that nothing can go on
     * @throws MendableException if the budget or the examples do not suffice, the folder holds another search, the data have
     *     changed since it began, or base, data or settings cannot be used
     */
    public Optional<SearchResult> run(
            Progress progress, NativeMemory memory, Consumer<String> remarks, BooleanSupplier cancelled) {
        return run(progress, memory, remarks, cancelled, System::nanoTime);
    }

    /** @param nanos the clock */
    Optional<SearchResult> run(
            Progress progress,
            NativeMemory memory,
            Consumer<String> remarks,
            BooleanSupplier cancelled,
            LongSupplier nanos) {
        var folder = new SearchFolder(job);
        return SearchRecord.plan(folder.record(), this)
                .or(() -> plan(folder, progress, memory, remarks, cancelled, nanos))
                .map(plan -> run(plan, folder, progress, memory, cancelled, nanos));
    }

    private Optional<Plan> plan(
            SearchFolder folder,
            Progress progress,
            NativeMemory memory,
            Consumer<String> remarks,
            BooleanSupplier cancelled,
            LongSupplier nanos) {
        long began = nanos.getAsLong();
        var space = new SearchSpace(job.settings(), fixed);
        folder.clear();
        var sizes = folder.split(progress);
        int perUpdate = job.settings().batch() * job.settings().accumulate();
        var some = folder.some((FirstUpdates.UPDATES + 2) * perUpdate, sizes.training());
        var timed = new TuningJob(
                job.base(),
                some,
                Optional.of(folder.some(1, sizes.training())),
                Optional.empty(),
                folder.speed(),
                job.settings().withEvaluateEvery(Integer.MAX_VALUE).withSamples(0),
                job.placement());
        int general = job.general().map(Search::count).orElse(0);
        var speed = new FirstUpdates(timed, sizes, general, nanos)
                .time(budget, memory, remarks, cancelled, () -> folder.delete(folder.speed()));
        if (speed.isEmpty()) {
            return Optional.empty();
        }
        var drawn = space.draw(Plan.MOST, timed.fitting(memory));
        if (drawn.size() < 2) {
            throw new MendableException("No other configuration than the default fits into the memory: tune without"
                    + " --search, or search with a smaller --batch or --max-length.");
        }
        var plan = Plan.of(drawn, sizes.training(), speed.get(), budget, (nanos.getAsLong() - began) / 1e9);
        folder.write(folder.record(), SearchRecord.text(this, plan));
        return Optional.of(plan);
    }

    private static int count(Path file) {
        var count = new int[1];
        Examples.in(file).each(example -> count[0]++);
        return count[0];
    }

    private SearchResult run(
            Plan plan,
            SearchFolder folder,
            Progress progress,
            NativeMemory memory,
            BooleanSupplier cancelled,
            LongSupplier nanos) {
        var log = new TrialLog(folder.trials(), plan);
        var verdict = decided(plan, folder, log)
                .or(() -> new SuccessiveHalving(
                                plan, new TrainingObjective(job, plan, folder, memory, cancelled), log, budget, nanos)
                        .run(progress));
        folder.write(folder.chart(), TrialsChart.of(plan, log.trials(), verdict));
        verdict.ifPresent(found -> finish(plan, folder, log.trials(), found));
        return new SearchResult(job.out(), plan, log.trials(), verdict, folder.chart());
    }

    /** The verdict of a search that was killed between its last measurement and its end. */
    private static Optional<Verdict> decided(Plan plan, SearchFolder folder, TrialLog log) {
        int last = plan.rungs().size() - 1;
        return SearchRecord.losses(folder.record())
                .flatMap(losses -> log.find(last, 0)
                        .map(defaults -> new Verdict(defaults, challenger(log.trials(), last), losses)));
    }

    private static Optional<Trial> challenger(List<Trial> trials, int last) {
        return trials.stream()
                .filter(trial -> trial.rung() == last && trial.configuration() != 0)
                .findFirst();
    }

    private void finish(Plan plan, SearchFolder folder, List<Trial> trials, Verdict verdict) {
        folder.write(folder.record(), SearchRecord.withLosses(folder.record(), verdict.losses()));
        new ChosenRun(this, folder, plan, trials, verdict).place();
        folder.clear();
    }
}
