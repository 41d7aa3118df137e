package dev.tandem.tuning.example.gate;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words that should make someone look: what chat models say instead of an answer, what stands where an answer is missing,
 * and abuse. The list of abusive words is short and English; it knows nothing of what is meant.
 */
final class Phrases {
    private static final Pattern BOILERPLATE = Pattern.compile(
            "(?i)\\bas an? (?:ai|artificial intelligence)(?: language)?(?: model| assistant)?\\b,? ?(?:i|my)\\b|\\bas a (?:large )?language model\\b"
                    + "|\\bi(?:'|’)?m (?:just |only )?an? ai(?: language)? (?:model|assistant)\\b"
                    + "|\\bi(?:'|’)?m sorry,? but (?:i can(?:'|’)?t|i cannot|i am (?:not able|unable)|i(?:'|’)m (?:not able|unable)) \\b"
                    + "|\\bi (?:cannot|can(?:'|’)t) (?:fulfill|assist with|comply with) (?:that|this|your) request\\b"
                    + "|\\bmy (?:knowledge cutoff|training data)\\b|\\bmy last (?:knowledge )?update\\b"
                    + "|\\blorem ipsum\\b|\\[(?:your|insert|company|customer|client)[ _](?:name|company|address|here|text|date)[^\\]]{0,20}\\]"
                    + "|\\bregenerate response\\b|\\bi hope this (?:email|message) finds you well\\b|<(?:insert|your)[^>]{2,30}>");

    /** Whole answers that stand for none. */
    private static final Set<String> NOTHING = Set.of(
            "n/a",
            "na",
            "nan",
            "null",
            "none.",
            "undefined",
            "todo",
            "tbd",
            "tba",
            "...",
            "…",
            "-",
            "--",
            "---",
            "?",
            ".",
            "[empty]",
            "(empty)",
            "<empty>",
            "no answer",
            "no response",
            "error",
            "#n/a",
            "[deleted]",
            "[removed]");

    private static final Pattern ABUSE = Pattern.compile(
            "(?i)\\b(?:(?:mother)?fuck(?:er|ers|ing|ed|s|wit|tard)?|bullshit|shithead|assholes?|arseholes?|bitch(?:es)?|bastards?|cunts?|dickheads?"
                    + "|wankers?|twats?|sluts?|whores?|faggots?|trann(?:y|ies)|niggers?|niggas?|gooks?|kikes?"
                    + "|wetbacks?|towelheads?|ragheads?|retards?|retarded|cocksuckers?|kill yourself|kys|go die|piece of shit"
                    + "|subhumans?|gas the|rape you|i(?:'|’)ll kill you)\\b");

    private Phrases() {}

    /** Where boilerplate begins. */
    static Optional<Integer> boilerplate(String answer) {
        return first(BOILERPLATE, answer);
    }

    /** Whether the answer says nothing. */
    static boolean isNothing(String answer) {
        return answer.isBlank()
                || answer.length() < 16 && NOTHING.contains(answer.strip().toLowerCase(java.util.Locale.ROOT));
    }

    /** Where abuse begins. */
    static Optional<Integer> abuse(String text) {
        return first(ABUSE, text);
    }

    private static Optional<Integer> first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.start()) : Optional.empty();
    }
}
