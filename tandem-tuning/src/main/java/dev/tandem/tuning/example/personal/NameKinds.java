package dev.tandem.tuning.example.personal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whose or what's a name is: a person's, an organisation's, a place's or a group's, by its words and those around it. */
final class NameKinds {
    private static final Pattern ABOVE = Pattern.compile("(?s),? ?\\n ?(\\p{Lu}[\\p{L} ]+?)(?: \\d+)?[.,]?(?:\\n.*)?");

    private final Gazetteer gazetteer;

    NameKinds(Gazetteer gazetteer) {
        this.gazetteer = gazetteer;
    }

    /** What stands behind an address, behind "someone from" and below a name on a card says what it is by its place. */
    Optional<PersonalKind> placed(Found found, int start, int stop) {
        var last = found.before(start);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        var gap = found.text().substring(last.get().end(), start);
        boolean person = last.get().kind() == PersonalKind.PERSON;
        if (last.get().kind() == PersonalKind.STREET_ADDRESS && gap.matches(",? ?")) {
            return Optional.of(PersonalKind.GPE);
        }
        boolean place = gazetteer.isPlace(found.text().substring(start, stop).toLowerCase(Locale.ROOT));
        if (place) {
            return Optional.empty();
        }
        boolean line = stop == found.text().length() || found.text().charAt(stop) == '\n';
        if (person && gap.equals(" from ")
                || (person || last.get().kind() == PersonalKind.TITLE) && line && gap.matches("\\n[> ]*")) {
            return Optional.of(PersonalKind.ORGANIZATION);
        }
        return Optional.empty();
    }

    /**
     * The kind of a name, if it is one.
     *
     * @param run the name's words
     * @param before what stands before it
     * @param behind what stands behind it
     */
    Optional<PersonalKind> of(List<Word> run, String before, String behind) {
        var first = run.getFirst().lower();
        var last = run.getLast().lower();
        var all = String.join(" ", run.stream().map(Word::lower).toList());
        boolean single = run.size() == 1;
        boolean given = gazetteer.isGivenName(first);
        boolean unknown = run.stream().anyMatch(word -> word.text().length() > 2 && !gazetteer.isWord(word.lower()));
        boolean surname = NameContexts.SURNAME.matcher(last).matches() && !gazetteer.isWord(last);
        if (single && gazetteer.isGroup(first)) {
            // "Cyprus (Greek)" is a part of the island.
            return before.endsWith(" (") && behind.startsWith(")") ? Optional.empty() : Optional.of(PersonalKind.NRP);
        }
        if (!single && NameContexts.COMPANY.contains(last.replace(".", "")) && (unknown || !given)
                || single
                        && !given
                        && NameContexts.COMPOUND_COMPANY
                                .matcher(run.getFirst().text())
                                .matches()) {
            return Optional.of(PersonalKind.ORGANIZATION);
        }
        if (!single && gazetteer.isGroup(first) && NameContexts.STATE.contains(last)) {
            return Optional.of(PersonalKind.GPE);
        }
        if (unknown
                        && !given
                        && NameContexts.SURELY_PLACE_BEFORE.matcher(before).matches()
                || isAboveCountry(behind)) {
            return Optional.of(PersonalKind.GPE);
        }
        if (NameContexts.PEOPLE_BEFORE.matcher(before).matches() && unknown) {
            return Optional.of(PersonalKind.PERSON);
        }
        if (all.contains(" and ") && run.size() >= 4
                || all.contains("&")
                || NameContexts.COMPANY_BEFORE.matcher(before).matches() && !given
                || NameContexts.COMPANY_BEHIND.matcher(behind).matches() && !(given && !single)) {
            return unknown || !single ? Optional.of(PersonalKind.ORGANIZATION) : Optional.empty();
        }
        if (gazetteer.isPlace(all)
                && !(given && NameContexts.PERSON_BEFORE.matcher(before).matches())) {
            return Optional.of(PersonalKind.GPE);
        }
        if (given
                && (!single
                        || unknown
                        || NameContexts.PERSON_BEFORE.matcher(before).matches()
                        || !run.getFirst().begins()
                        || !gazetteer.isWord(first))) {
            return Optional.of(PersonalKind.PERSON);
        }
        if (single
                && first.indexOf('-') > 0
                && unknown
                && !surnameFirst(first)
                && !NameContexts.PLACE_BEFORE.matcher(before).matches()
                && !NameContexts.PERSON_BEFORE.matcher(before).matches()) {
            return Optional.of(PersonalKind.ORGANIZATION);
        }
        if (surname || !single && run.stream().anyMatch(Word::isInitial) && unknown) {
            return Optional.of(PersonalKind.PERSON);
        }
        return guessed(run, before, behind, unknown);
    }

    /** What stands before or on the line above a country, as on an envelope, is a place. */
    private boolean isAboveCountry(String behind) {
        var below = ABOVE.matcher(behind);
        return below.matches() && gazetteer.isPlace(below.group(1).strip().toLowerCase(Locale.ROOT));
    }

    /** "Fritz-Armstrong" is a firm, "Anne-Marie" a person. */
    private boolean surnameFirst(String lower) {
        return gazetteer.isGivenName(lower.substring(0, lower.indexOf('-')))
                && gazetteer.isGivenName(lower.substring(lower.lastIndexOf('-') + 1));
    }

    private static Optional<PersonalKind> guessed(List<Word> run, String before, String behind, boolean unknown) {
        boolean single = run.size() == 1;
        boolean begins = run.getFirst().begins();
        if (NameContexts.PLACE_BEFORE.matcher(before).matches()
                || NameContexts.PLACE_BEHIND.matcher(behind).matches()
                || run.getFirst().isAllCapitals()) {
            return unknown ? Optional.of(PersonalKind.GPE) : Optional.empty();
        }
        if (NameContexts.PERSON_BEFORE.matcher(before).matches() && unknown) {
            return Optional.of(PersonalKind.PERSON);
        }
        if (unknown && before.endsWith(" at ")) {
            return Optional.of(PersonalKind.ORGANIZATION);
        }
        if (!unknown) {
            return Optional.empty();
        }
        return single
                        && begins
                        && before.isBlank()
                        && behind.startsWith(" ")
                        && !behind.matches("(?s) (?:is|was|has|had|will|lives|says|said|and|began|from|whose|who)\\b.*")
                ? Optional.empty()
                : Optional.of(PersonalKind.PERSON);
    }
}
