package dev.tandem.workspace.strategy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a hybrid with a prompt of the user's own goes about it.
 *
 * @param prompt a template, see {@link HybridPrompt}; without one the hybrid is grounded or routed
 * @param candidates answers to choose from by the retrieved attributes, at least 1: 1 takes the first, whatever it says
 * @param retrievalAware whether its model is tuned on the training examples as the hybrid will read them: each prompt with what is
 *     retrieved for it
 */
public record HybridOptions(Optional<Path> prompt, int candidates, boolean retrievalAware) {
    /** No prompt of one's own. */
    public static final HybridOptions DEFAULT = new HybridOptions(Optional.empty(), 1, false);

    /** With a prompt, its first answer, and nothing else. */
    public static HybridOptions prompted(Path prompt) {
        return new HybridOptions(Optional.of(prompt), 1, false);
    }
}
