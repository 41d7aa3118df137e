package dev.tandem.tuning.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a search did.
 *
 * @param out its folder
 * @param trials in the order in which they ended
 * @param verdict empty if it was stopped and can go on
 * @param chart the picture of the trials
 */
public record SearchResult(Path out, Plan plan, List<Trial> trials, Optional<Verdict> verdict, Path chart) {
    public SearchResult {
        trials = List.copyOf(trials);
    }
}
