package dev.tandem.answering.route;

import dev.tandem.answering.prompt.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Questions about what was said before, answered from the turns themselves. */
final class ConversationQuestion {
    private static final String NOT_HEARD =
            "(?:i )?(?:(?:didn't|didnt|did not|couldn't|could not) (?:quite )?(?:hear|catch|get|understand)|missed)"
                    + "(?: (?:you|that|it|what you (?:just )?said|that last one|the last one))?";
    private static final String ANEW =
            "(?:i (?:need|would like|want) (?:you )?to )?(?:repeat|restate|replay|say|run|come again)"
                    + "(?: (?:that|it|yourself|what you (?:just )?said|your (?:last )?answer|the last (?:answer|thing)|over|with that))*"
                    + "(?: you (?:just )?(?:said|told me))?(?: (?:by me|again|gain|louder|once more|one more time|for me|response))*";
    private static final Pattern REPEAT = Pattern.compile(
            "(?:" + NOT_HEARD + "(?: (?:so|and|can you))? ?)?(?:" + ANEW + ")|" + NOT_HEARD
                    + "|what did you (?:just )?(?:say|answer|tell me|mention)(?: before| last| just now)?"
                    + "|what was (?:that|your (?:last |previous )?answer)(?: again)?|(?:just )?(?:one more|another) time|pardon(?: me)?|again");
    private static final Pattern ASKED = Pattern.compile(
            "what (?:did i|have i|was it i) (?:just )?ask(?:ed)?(?: you)?(?: before| last| just now| first)?|"
                    + "what was (?:my (?:last|previous|first|earlier)|the) question|which questions? did i ask|what have we (?:talked|spoken) about|"
                    + "(?:list|show|summari[sz]e) (?:me )?(?:my|all my|our) (?:questions|conversation|chat)(?: so far)?|"
                    + "summari[sz]e (?:this|the|our) (?:conversation|chat)(?: so far)?");

    private static final String NOTHING = "Nothing was said before in this conversation.";

    private ConversationQuestion() {}

    static Optional<String> reply(String text, List<Turn> turns) {
        var said = text.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replaceAll("[^\\p{L}\\p{N}' ]+", " ")
                .replaceAll("\\b(?:please|ai|sorry|can you|could you|would you)\\b", " ")
                .replaceAll("\\s+", " ")
                .strip();
        boolean repeat = REPEAT.matcher(said).matches();
        if (!repeat && !ASKED.matcher(said).matches()) {
            return Optional.empty();
        }
        if (turns.isEmpty() || repeat) {
            return Optional.of(lastAnswer(turns));
        }
        boolean first = said.contains("first");
        boolean last = said.contains("the question")
                || said.contains("last")
                || said.contains("previous")
                || said.contains("just")
                || said.contains("before");
        if (first || last) {
            return Optional.of("You asked: \"" + (first ? turns.getFirst() : turns.getLast()).question() + "\"");
        }
        return Optional.of(questions(turns));
    }

    /** The last answer as it was given. */
    static String lastAnswer(List<Turn> turns) {
        return turns.isEmpty() ? NOTHING : turns.getLast().answer();
    }

    /** All that was asked, oldest first. */
    static String questions(List<Turn> turns) {
        return turns.isEmpty()
                ? NOTHING
                : "You asked: "
                        + turns.stream()
                                .map(turn -> "\"" + turn.question() + "\"")
                                .collect(Collectors.joining("; "));
    }
}
