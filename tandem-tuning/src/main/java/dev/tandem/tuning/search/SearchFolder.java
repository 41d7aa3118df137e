package dev.tandem.tuning.search;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.foundation.WholeFile;
import dev.tandem.tuning.entry.TextOptions;
import dev.tandem.tuning.example.gate.ExampleFile;
import dev.tandem.tuning.example.gate.Examples;
import dev.tandem.tuning.example.split.Grouping;
import dev.tandem.tuning.example.split.Share;
import dev.tandem.tuning.example.split.Split;
import dev.tandem.tuning.example.split.SplitFolder;
import dev.tandem.tuning.training.TuningJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The folder {@code search} in a run's folder: the parts of the data, the trials, and what came of them. Examples that are
 * alike are in one part ({@link Grouping.ByLikeness}).
 *
 * <pre>
 * train.jsonl       what every trial learns from, or from some of it
 * validation.jsonl  the part that selects; not there where --eval gives it
 * test.jsonl        the final part
 * search.json       what was asked for, and the plan
 * trials.jsonl      a line a trial
 * trials.svg        the same as a picture
 * </pre>
 */
final class SearchFolder {
    /** Examples that a part must have for its loss to say anything. */
    private static final int LEAST = 10;

    /** Each trial measures them twice, so that more would take time from trials. */
    private static final int MOST_SELECTION = 200;

    private static final int MOST_FINAL = 500;
    private static final int FEWEST = 50;

    private final TuningJob job;
    private final Path folder;

    SearchFolder(TuningJob job) {
        this.job = job;
        folder = job.out().resolve("search");
    }

    Path record() {
        return folder.resolve("search.json");
    }

    Path trials() {
        return folder.resolve("trials.jsonl");
    }

    Path chart() {
        return folder.resolve("trials.svg");
    }

    Path training() {
        return folder.resolve("train.jsonl");
    }

    Path selection() {
        return job.heldOut().orElse(folder.resolve("validation.jsonl"));
    }

    Path last() {
        return folder.resolve("test.jsonl");
    }

    /** Where the first updates are timed. */
    Path speed() {
        return folder.resolve("speed");
    }

    /** Where a trial runs; called as the whole run is, because a model card is. */
    Path trial(int rung, int configuration) {
        return folder.resolve("trials")
                .resolve((rung + 1) + "-" + configuration)
                .resolve(job.out().toAbsolutePath().normalize().getFileName());
    }

    /** How many examples each part has. */
    record Sizes(int training, int selection, int last) {}

    /**
     * Splits the data, the same for the same data and seed.
     *
     * @throws MendableException if there are too few examples, or they are too much alike to be split
     */
    Sizes split(Progress progress) {
        int examples = count(job.training());
        if (examples < FEWEST) {
            throw new MendableException("A search needs at least " + FEWEST + " examples, and " + job.training()
                    + " has " + examples
                    + ": some to learn from, some to select by, and some for the final measurement."
                    + " Add more, or tune without --search.");
        }
        boolean given = job.heldOut().isPresent();
        int selection = given ? 0 : Math.clamp(examples / 10, LEAST, MOST_SELECTION);
        int last = Math.clamp(examples / 10, LEAST, MOST_FINAL);
        var sizes = write(selection, last, progress);
        return new Sizes(
                sizes.getOrDefault(Split.Part.TRAIN, 0),
                given ? count(selection()) : sizes.getOrDefault(Split.Part.VALIDATION, 0),
                sizes.getOrDefault(Split.Part.TEST, 0));
    }

    private java.util.Map<Split.Part, Integer> write(int selection, int last, Progress progress) {
        var settings = new SplitFolder.Settings(
                new Grouping.ByLikeness(),
                "cluster",
                new Share(last, false),
                new Share(selection, false),
                job.settings().seed(),
                true);
        try {
            Files.createDirectories(folder);
            return SplitFolder.write(new ExampleFile(job.training(), TextOptions.TOLD, progress), folder, settings)
                    .sizes();
        } catch (IOException e) {
            throw failure(e);
        } catch (MendableException e) {
            throw new MendableException(
                    "The examples cannot be split for a search so that nothing of one part is in another: "
                            + e.getMessage() + " See what is alike with `tandem dataset check " + job.training()
                            + "`, or tune without --search.",
                    e);
        }
    }

    private static int count(Path file) {
        var count = new int[1];
        Examples.in(file).each(example -> count[0]++);
        return count[0];
    }

    /** A file of so many training examples; of more, these are some, so that a rung learns what the one before did, too. */
    Path some(int examples, int all) {
        if (examples >= all) {
            return training();
        }
        var file = folder.resolve("train-" + examples + ".jsonl");
        if (!Files.exists(file)) {
            var order = new ArrayList<>(IntStream.range(0, all).boxed().toList());
            Collections.shuffle(order, new Random(job.settings().seed()));
            var chosen = new HashSet<>(order.subList(0, examples));
            var number = new int[1];
            try (var lines = Files.lines(training())) {
                var kept = new StringBuilder();
                lines.filter(line -> chosen.contains(number[0]++))
                        .forEach(line -> kept.append(line).append('\n'));
                WholeFile.write(file, kept.toString());
            } catch (IOException e) {
                throw failure(e);
            }
        }
        return file;
    }

    void write(Path file, String text) {
        try {
            Files.createDirectories(folder);
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Removes what only the search needed; the parts, the record and the trials stay. */
    void clear() {
        if (!Files.exists(folder)) {
            return;
        }
        delete(folder.resolve("trials"));
        delete(speed());
        try (var files = Files.list(folder)) {
            for (var file : files.filter(each -> each.getFileName().toString().matches("train-\\d+\\.jsonl"))
                    .toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (var files = Files.walk(tree)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (var file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private MendableException failure(IOException e) {
        return new MendableException("Cannot write to " + folder + ": " + e.getMessage() + ".", e);
    }
}
