package dev.tandem.cli.command;

import dev.tandem.foundation.MendableException;
import java.util.List;

/** A question as it stands on the command line. */
final class Question {
    private static final int MOST_RESULTS = 1000;

    private Question() {}

    /** The words of a question, quoted as one argument or not. */
    static String of(List<String> words) {
        var question = String.join(" ", words).strip();
        if (question.isEmpty()) {
            throw new MendableException("The question is empty: write one, as in \"How long is parental leave?\".");
        }
        return question;
    }

    static int count(int k) {
        if (k < 1 || k > MOST_RESULTS) {
            throw new MendableException("--k must be from 1 to " + MOST_RESULTS + ", not " + k + ".");
        }
        return k;
    }
}
