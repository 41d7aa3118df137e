package dev.tandem.tuning.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Puts what a search chose where `tandem tune` would have left it, and adds to its record and model card that a search chose
 * it. The record comes last: without it the search is not finished, and goes on with this.
 */
final class ChosenRun {
    private static final String RECORD = "tandem.json";
    private static final String CARD = "README.md";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Search search;
    private final SearchFolder folder;
    private final Plan plan;
    private final List<Trial> trials;
    private final Verdict verdict;

    ChosenRun(Search search, SearchFolder folder, Plan plan, List<Trial> trials, Verdict verdict) {
        this.search = search;
        this.folder = folder;
        this.plan = plan;
        this.trials = trials;
        this.verdict = verdict;
    }

    /** Moves the files; those that an earlier process moved are there already. */
    void place() {
        var out = search.job().out();
        var from = folder.trial(plan.rungs().size() - 1, verdict.chosen());
        try {
            move(from, out);
            var card = from.resolve(CARD);
            if (Files.exists(card)) {
                WholeFile.write(out.resolve(CARD), Files.readString(card) + cardText());
            }
            var record = (ObjectNode) JSON.readTree(from.resolve(RECORD).toFile());
            record.set("search", searchNode());
            WholeFile.write(out.resolve(RECORD), record.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot write to " + out + ": " + e.getMessage() + ". Then go on with `tandem tune --resume " + out
                            + "`.",
                    e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = file.getFileName().toString();
                if (!name.equals(RECORD) && !name.equals(CARD)) {
                    Files.move(file, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private ObjectNode searchNode() {
        var node = JSON.createObjectNode();
        node.put("data", search.job().training().toAbsolutePath().normalize().toString());
        node.put("budget", search.budget().toString());
        node.put("configurations", plan.configurations().size());
        node.put("trials", trials.size());
        node.put("trials_file", "search/" + folder.trials().getFileName());
        node.put("chosen", verdict.chosen() == 0 ? "default" : "search");
        node.put("configuration", verdict.chosen());
        node.put("final_examples", plan.speed().last());
        verdict.loss(0).ifPresent(loss -> node.put("final_loss_of_default", loss));
        verdict.loss(verdict.chosen()).ifPresent(loss -> node.put("final_loss", loss));
        verdict.challenger()
                .ifPresent(trial -> verdict.loss(trial.configuration())
                        .ifPresent(loss -> node.put("final_loss_of_best_other", loss)));
        return node;
    }

    private String cardText() {
        var losses = verdict.challenger()
                .map(trial -> String.format(
                        Locale.ROOT,
                        " On %d examples by which no settings were selected, the defaults have a loss of %s a token, and the best other"
                                + " settings %s.",
                        plan.speed().last(),
                        loss(0),
                        loss(trial.configuration())))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%nThe settings are %s of a search among %d configurations (search/trials.jsonl).%s%n",
                verdict.chosen() == 0 ? "the defaults, which stood against those" : "those",
                plan.configurations().size(),
                losses);
    }

    private String loss(int configuration) {
        var loss = verdict.loss(configuration);
        return loss.isPresent() ? String.format(Locale.ROOT, "%.4f", loss.getAsDouble()) : "none (it diverged)";
    }
}
