package dev.tandem.answering.answer;

import java.util.regex.Pattern;

/**
 * Takes from an answer what would load or hide an address where it is shown as Markdown or HTML. A planted instruction can
 * make a model write an image whose address carries what the model knows; a page that shows the image sends it off without
 * a click. Afterwards addresses stand in the text as what they are, and nothing is fetched but by a person's own doing.
 */
final class PlainLinks {
    private static final String ADDRESS =
            "<?\\s*((?:[a-zA-Z][a-zA-Z0-9+.-]*:|//|www\\.)[^\\s)>]*)\\s*>?(?:\\s+[\"'(][^\\n]*?[\"')])?\\s*";

    /** {@code ![text](address "title")} and {@code [text](address)}. */
    private static final Pattern INLINE = Pattern.compile("!?\\[([^\\]\\n]*)]\\(" + ADDRESS + "\\)");

    /** {@code [name]: address}, which images and links elsewhere in the text refer to. */
    private static final Pattern DEFINITION =
            Pattern.compile("^([ >]{0,8})\\[([^\\]\\n]+)]:\\s*(?=\\S)", Pattern.MULTILINE);

    /** {@code ![text][name]} and {@code ![name]}, whatever they refer to. */
    private static final Pattern REFERENCE = Pattern.compile("!\\[([^\\]\\n]*)](?:\\[([^\\]\\n]*)])?");

    /** Tags by which a page fetches or runs something. */
    private static final Pattern TAG = Pattern.compile(
            "<(?=\\s*/?\\s*(?:img|image|picture|source|iframe|frame|object|embed|script|link|meta|style|svg|video|audio|base|form|input|a)\\b)",
            Pattern.CASE_INSENSITIVE);

    private PlainLinks() {}

    /** The text with addresses as text. */
    static String in(String answer) {
        if (answer.indexOf('[') < 0 && answer.indexOf('<') < 0) {
            return answer;
        }
        var plain = INLINE.matcher(answer).replaceAll("$1 ($2)");
        plain = DEFINITION.matcher(plain).replaceAll("$1$2: ");
        plain = REFERENCE.matcher(plain).replaceAll("$1");
        return TAG.matcher(plain).replaceAll("‹");
    }
}
