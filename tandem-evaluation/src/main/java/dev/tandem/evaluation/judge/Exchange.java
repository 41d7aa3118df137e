package dev.tandem.evaluation.judge;

import java.util.List;
import java.util.Optional;

/**
 * What is judged.
 *
 * @param context the texts that the answer should rest on, at least one with a letter or digit
 * @param answer the answer; may be empty
 * @param question what was asked, if known
 * @param reference the right answer, if known
 */
public record Exchange(List<String> context, String answer, Optional<String> question, Optional<String> reference) {
    public Exchange {
        context = List.copyOf(context);
        if (context.stream().noneMatch(Exchange::says)) {
            throw new IllegalArgumentException("A context without a word supports nothing");
        }
    }

    /** Without a reference. */
    public Exchange(List<String> context, String answer, Optional<String> question) {
        this(context, answer, question, Optional.empty());
    }

    /** Whether a text has a letter or digit. */
    public static boolean says(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
