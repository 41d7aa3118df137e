package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.passage.Stems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The parts of a question that asks for several things: "What does it weigh, and what does it cost?" has two. */
public final class QuestionParts {
    private static final String ASKS =
            "what|which|who|whom|whose|when|where|why|how|does|do|did|is|are|was|were|can|could|may|must|should|will";

    /** Between two parts: a sign or "and" before a question word, with a preposition before it at most. */
    private static final Pattern BORDER =
            Pattern.compile("(?i)(?:\\s*[,;]\\s*(?:and|but|or|then)?\\s+|\\s+(?:and|but)\\s+(?:also\\s+)?)"
                    + "(?=(?:(?:at|by|in|on|for|from|to|of|with|until|after|before)\\s+)?(?:" + ASKS + ")\\b)"
                    + "|(?<=[?!.])\\s+(?=\\p{Lu})");

    /** A part shorter than this says too little to be looked for alone. */
    private static final int FEWEST_WORDS = 2;

    private QuestionParts() {}

    /** The parts in order; the whole question where it asks for one thing. */
    public static List<String> of(String question) {
        var parts = new ArrayList<String>();
        for (var part : BORDER.splitAsStream(question).toList()) {
            if (Stems.of(part).size() >= FEWEST_WORDS || parts.isEmpty()) {
                parts.add(part.strip());
            } else {
                parts.set(parts.size() - 1, parts.getLast() + " " + part.strip());
            }
        }
        return parts;
    }
}
