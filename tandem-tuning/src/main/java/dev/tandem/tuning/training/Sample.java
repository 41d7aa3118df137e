package dev.tandem.tuning.training;

import java.util.Optional;

/**
 * A held-out example as the base answers it and as the tuned model does, greedily. A text that was longer than a sample may
 * be ends with an ellipsis.
 *
 * @param prompt what both were given, without what the chat template puts around it
 * @param expected what the example answers
 * @param base the untouched base's answer
 * @param tuned the answer through the weights that were kept; none while the run goes on
 */
public record Sample(String prompt, String expected, String base, Optional<String> tuned) {
    Sample answered(String answer) {
        return new Sample(prompt, expected, base, Optional.of(answer));
    }
}
