package dev.tandem.workspace.strategy;

import java.util.regex.Pattern;

/**
 * Whether a language model that was asked without documents declines: it says nothing, or begins with one of a few phrases. A short
 * list, for English, so that it can be read: what declines in other words counts as an answer.
 */
final class Declining {
    private static final Pattern BEGINS = Pattern.compile(
            "\\A[\\s\"'“*]*(?:(?:i['’]?m |i am )?sorry\\b"
                    + "|(?:sorry, )?i (?:do not|don['’]?t) (?:know|have)"
                    + "|i (?:cannot|can['’]?t|can not|could not|couldn['’]?t) (?:answer|find|say|tell|determine)"
                    + "|i(?: am|['’]?m) (?:not sure|unable|not able)"
                    + "|i have no (?:information|knowledge|answer)"
                    + "|(?:there is )?no(?:t enough)? information"
                    + "|the (?:documents|passages|context|text) (?:do|does) not"
                    + "|cannot_answer|cannot answer|unknown\\b|unanswerable\\b)",
            Pattern.CASE_INSENSITIVE);

    private Declining() {}

    static boolean is(String answer) {
        return answer.isBlank() || BEGINS.matcher(answer).find();
    }
}
