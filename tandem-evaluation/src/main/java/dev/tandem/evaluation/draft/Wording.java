package dev.tandem.evaluation.draft;

import dev.tandem.knowledge.passage.Stems;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a document's words become those of someone who asks. */
final class Wording {
    private static final Pattern YOU = Pattern.compile("\\b([Yy])ou\\b");
    private static final Set<String> OBJECT_BEFORE = Set.of(
            ("to for with from of by at about after before between give gives tell tells ask asks help helps send sends show"
                            + " shows allow allows let lets require requires remind reminds pay pays notify notifies inform informs"
                            + " want wants")
                    .split(" ", -1));

    private Wording() {}

    /** The reader's "you" as "I", the writer's "we" as "you". */
    static String ofAsker(String question) {
        var text = question.replaceAll("\\b[Yy]ourself\\b", "myself")
                .replaceAll("\\b([Yy])ou(?:['’]re| are)\\b", "I am")
                .replaceAll("\\bare you\\b", "am I")
                .replaceAll("\\b([Yy])ou were\\b", "I was")
                .replaceAll("\\bwere you\\b", "was I")
                .replaceAll("\\b[Yy]ours\\b", "mine")
                .replaceAll("\\byour\\b", "my")
                .replaceAll("\\bYour\\b", "My");
        text = replaceYou(text);
        return text.replaceAll("\\bare we\\b", "are you")
                .replaceAll("\\bwe\\b", "you")
                .replaceAll("\\bWe\\b", "You")
                .replaceAll("\\bourselves\\b", "yourselves")
                .replaceAll("\\bours\\b", "yours")
                .replaceAll("\\bour\\b", "your")
                .replaceAll("\\bOur\\b", "Your")
                .replaceAll("\\bus\\b", "you");
    }

    private static String replaceYou(String text) {
        var found = YOU.matcher(text);
        var out = new StringBuilder();
        while (found.find()) {
            found.appendReplacement(out, isSubject(text, found.start(), found.end()) ? "I" : "me");
        }
        return found.appendTail(out).toString();
    }

    private static boolean isSubject(String text, int start, int end) {
        var before = text.substring(0, start).strip().toLowerCase(Locale.ROOT);
        var after = text.substring(end).strip();
        var last = before.substring(before.lastIndexOf(' ') + 1);
        if (after.isEmpty() || !Character.isLetter(after.charAt(0))) {
            return false;
        }
        if (last.matches(
                "do|does|did|can|may|must|will|should|would|could|shall|if|when|that|which|where|what|while|because|until|and|or|as|than|before|after|how|whether|unless|once|since|who|whom")) {
            return !Set.of("before", "after").contains(last)
                    || Verbs.english().isKnown(after.split("[^\\p{L}]", -1)[0]);
        }
        var next = after.split("[^\\p{L}]", -1)[0];
        return !OBJECT_BEFORE.contains(last)
                && (Verbs.AUXILIARIES.contains(next)
                        || Verbs.isHave(next)
                        || Verbs.english().isBase(next));
    }

    /** With its first letter as a sentence has it, and a question mark. */
    static String finished(String question) {
        var text = SourceDocument.oneLine(question)
                .replaceAll("[\\s,;:.!?–—-]+$", "")
                .replaceAll(" (also|therefore|too)(?= |$)", "");
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + "?";
    }

    /** The question under its document's title, unless it names what title or headings name. */
    static String grounded(String question, SourceDocument document, Section section) {
        var asked = stems(question);
        var place = stems(document.title() + " " + String.join(" ", section.headings()));
        if (place.isEmpty() || asked.stream().anyMatch(place::contains)) {
            return question;
        }
        return underTitle(question, document.title());
    }

    static String underTitle(String question, String title) {
        boolean name =
                question.length() > 1 && (question.startsWith("I ") || Character.isUpperCase(question.charAt(1)));
        return "According to “" + title.strip() + "”, "
                + (name ? question : Character.toLowerCase(question.charAt(0)) + question.substring(1));
    }

    static Set<String> stems(String text) {
        return Stems.of(text).stream().map(Stems.Stem::stem).collect(Collectors.toSet());
    }
}
