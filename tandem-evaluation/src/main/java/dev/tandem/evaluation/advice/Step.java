package dev.tandem.evaluation.advice;

import dev.tandem.evaluation.cost.Approach;
import java.util.List;

/**
 * A step of the path to a recommendation; all texts for people.
 *
 * @param origin where the answer is from
 * @param consequence what follows of it
 * @param open which approaches may still come out, in their order
 * @param conflict whether it goes against what was found before
 */
public record Step(
        String question, String answer, Origin origin, String consequence, List<Approach> open, boolean conflict) {
    public Step {
        open = List.copyOf(open);
    }
}
