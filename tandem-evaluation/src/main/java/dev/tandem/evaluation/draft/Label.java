package dev.tandem.evaluation.draft;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A column's or field's name as words in a question: <em>weight_g</em> is <em>the weight in g</em>.
 *
 * @param noun its noun with what stands before it, in lower case unless it is a name
 * @param unit empty where the name has none
 */
record Label(String noun, String unit) {
    private static final Pattern UNIT_IN_BRACKETS = Pattern.compile("^(.+?) ?\\(([^()]{1,20})\\)$");
    private static final Pattern UNIT_AT_END =
            Pattern.compile("^(.+) (eur|usd|gbp|nok|g|kg|mm|cm|m|km|ml|l|days|hours|minutes|percent|mb|gb|kb)$");

    /** Nouns that can be asked for with "What is the ... of": other words may be no nouns at all. */
    private static final Set<String> NOUNS =
            Set.copyOf(Arrays.asList(("price cost fee rate amount total weight size length width height depth"
                            + " duration limit deadline date year status owner contact phone telephone email address code category type"
                            + " role team reason meaning description location city country number quantity version capacity temperature"
                            + " colour color colours colors material language beam light level frequency channel purpose manager lead department"
                            + " area range score grade class brand model warranty salary discount budget volume speed power voltage region"
                            + " floor room building hours extension topic format population title season altitude distance time zone"
                            + " trainer teacher instructor place sku article job position supervisor agency office vendor"
                            + " license licence acronym definition term author editor circumference chest waist hip sleeve foot")
                    .split(" ", -1)));

    static Label of(String written) {
        var text = written.replace('_', ' ')
                .strip()
                .replaceAll("\\s+", " ")
                .replaceAll("(?i)^(tele)?phone$", "phone number");
        var brackets = UNIT_IN_BRACKETS.matcher(text);
        if (brackets.matches()) {
            return new Label(lower(brackets.group(1)), unit(brackets.group(2)));
        }
        var end = UNIT_AT_END.matcher(text.toLowerCase(Locale.ROOT));
        return end.matches() ? new Label(lower(end.group(1)), unit(end.group(2))) : new Label(lower(text), "");
    }

    /** The label behind its article, if it is a noun: "the weight in g". */
    Optional<String> phrase() {
        var words = noun.split(" ", -1);
        var last = words[words.length - 1].toLowerCase(Locale.ROOT);
        boolean known =
                NOUNS.contains(last) || last.endsWith("s") && NOUNS.contains(last.substring(0, last.length() - 1));
        return known
                        && words.length <= 4
                        && noun.matches("[\\p{L} -]+")
                        && !noun.matches(
                                "(?i).*\\b(?:to|is|are|of the|they|do|this|for|in|at|from|a|per|during|before|after|with)\\b.*")
                ? Optional.of("the " + noun + (unit.isEmpty() ? "" : " in " + unit))
                : Optional.empty();
    }

    /** "of" or "for", as English has it before the row's name. */
    String preposition() {
        return noun.matches(".*\\b(?:reason|deadline|contact|time|date|hours)") ? "for" : "of";
    }

    boolean isPlural() {
        return noun.endsWith("s") && !noun.endsWith("ss") && !noun.endsWith("status") && !noun.endsWith("address");
    }

    private static String lower(String text) {
        return Arrays.stream(text.split(" ", -1))
                .map(word -> word.length() > 1
                                && word.length() < 5
                                && !word.matches("TIME|DATE|NAME|TYPE|COST|ROLE|CITY|TEAM")
                                && word.equals(word.toUpperCase(Locale.ROOT))
                        ? word
                        : word.toLowerCase(Locale.ROOT))
                .reduce((one, other) -> one + " " + other)
                .orElse(text);
    }

    private static String unit(String unit) {
        return Set.of("eur", "usd", "gbp", "nok", "mb", "gb", "kb").contains(unit)
                ? unit.toUpperCase(Locale.ROOT)
                : unit;
    }
}
