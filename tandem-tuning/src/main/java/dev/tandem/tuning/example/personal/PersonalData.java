package dev.tandem.tuning.example.personal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds personal data in English texts, with names and addresses of many countries. What has a form of its own (numbers,
 * most with a checksum, addresses of mail and machines, dates) is found nearly always; names and places are told by word
 * lists and by what stands around them, and are missed or mistaken at times. Safe for many threads.
 */
public final class PersonalData {
    /** Longer texts are looked at in pieces that end at a space, so that no text, however odd, takes long for its length. */
    private static final int PIECE = 2_000;

    private static final Set<PersonalKind> NAMES =
            EnumSet.of(PersonalKind.PERSON, PersonalKind.ORGANIZATION, PersonalKind.GPE, PersonalKind.NRP);

    private final Addresses addresses;
    private final Names names;

    public PersonalData() {
        var gazetteer = new Gazetteer();
        addresses = new Addresses(gazetteer);
        names = new Names(gazetteer);
    }

    /** All kinds, in the order of the text, none overlapping another. */
    public List<PersonalSpan> find(String text) {
        return find(text, EnumSet.allOf(PersonalKind.class));
    }

    /** Some kinds, in the order of the text, none overlapping another; the fewer the sooner. */
    public List<PersonalSpan> find(String text, Set<PersonalKind> kinds) {
        var all = new ArrayList<PersonalSpan>();
        int at = 0;
        while (at < text.length()) {
            int end = end(text, at);
            int offset = at;
            piece(text.substring(at, end), kinds).stream()
                    .filter(span -> kinds.contains(span.kind()))
                    .map(span -> new PersonalSpan(span.kind(), span.start() + offset, span.end() + offset))
                    .forEach(all::add);
            at = end;
        }
        return all;
    }

    private static int end(String text, int at) {
        int end = Math.min(text.length(), at + PIECE);
        for (int i = end; i > at + PIECE / 2 && end < text.length(); i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return end;
    }

    private List<PersonalSpan> piece(String text, Set<PersonalKind> kinds) {
        var found = new Found(text);
        var words = Word.of(text);
        Patterns.find(found, kinds);
        addresses.find(found, words);
        Patterns.findPhones(found, kinds);
        if (kinds.contains(PersonalKind.ZIP_CODE)) {
            ZipCodes.find(found);
        }
        if (kinds.contains(PersonalKind.TITLE)) {
            Occupations.find(found);
        }
        if (!Collections.disjoint(kinds, NAMES)) {
            names.find(found, words);
        }
        return found.spans();
    }

    /** The text with each finding of some kinds replaced by its kind, as {@code [email_address]}. */
    public String redacted(String text, Set<PersonalKind> kinds) {
        var redacted = new StringBuilder();
        int at = 0;
        for (var span : find(text, kinds)) {
            redacted.append(text, at, span.start())
                    .append('[')
                    .append(span.kind())
                    .append(']');
            at = span.end();
        }
        return at == 0 ? text : redacted.append(text, at, text.length()).toString();
    }
}
