package dev.tandem.evaluation.draft;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The part of a sentence that rules may turn round: up to where another clause begins. */
final class MainClause {
    private static final Pattern END = Pattern.compile(
            "[;(]|:(?!\\d\\d)|(?<!\\d),|,(?!\\d)| [–—-] | (?:but|so|which|who|whose|because|unless|although|while|whereas|except|if|when|once|where|then|that|until you|until the|before you|after you) ");
    private static final Pattern NEXT_VERB = Pattern.compile(
            " (?:and|or) (?:(?:must|can|may|will|should|is|are|was|were|has|have|does|do)|(\\p{Ll}+)) ");

    private MainClause() {}

    /** The clause of a sentence that ends with a stop; none where it is a fragment or a question. */
    static Optional<Clause> of(String sentence) {
        var text = withoutStop(sentence);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Clause.of(cut(text.get()));
    }

    static Optional<String> withoutStop(String sentence) {
        var text = SourceDocument.oneLine(sentence);
        return text.matches(".*[^.][.!]") && text.length() < 400
                ? Optional.of(text.substring(0, text.length() - 1))
                : Optional.empty();
    }

    /** Up to where another clause begins; a list that would be cut in two is cut before. */
    static String cut(String text) {
        var end = END.matcher(text);
        var main = end.find() ? text.substring(0, end.start()) : text;
        var verbs = NEXT_VERB.matcher(main);
        while (verbs.find()) {
            if (verbs.group(1) == null
                    || Verbs.english().form(verbs.group(1)).isPresent()
                    || verbs.group(1).toLowerCase(Locale.ROOT).endsWith("ed")) {
                return main.substring(0, verbs.start());
            }
        }
        return main;
    }
}
