package dev.tandem.tuning.example.personal;

import java.util.List;
import java.util.Set;

/**
 * Finds personal data in English texts, with names and addresses of many countries. What has a form of its own (numbers,
 * most with a checksum, addresses of mail and machines, dates) is found nearly always; names and places are told by word
 * lists and by what stands around them, and are missed or mistaken at times. Safe for many threads.
 */
public final class PersonalData {
    /** Longer texts are looked at in pieces that end at a line or a space. */
    private static final int PIECE = 20_000;

    private final Addresses addresses;
    private final Names names;

    public PersonalData() {
        var gazetteer = new Gazetteer();
        addresses = new Addresses(gazetteer);
        names = new Names(gazetteer);
    }

    /** In the order of the text, none overlapping another. */
    public List<PersonalSpan> find(String text) {
        if (text.length() <= PIECE) {
            return piece(text);
        }
        var all = new java.util.ArrayList<PersonalSpan>();
        int at = 0;
        while (at < text.length()) {
            int end = end(text, at);
            int offset = at;
            piece(text.substring(at, end))
                    .forEach(span -> all.add(new PersonalSpan(span.kind(), span.start() + offset, span.end() + offset)));
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

    private List<PersonalSpan> piece(String text) {
        var found = new Found(text);
        var words = Word.of(text);
        Patterns.find(found);
        addresses.find(found, words);
        Patterns.findPhones(found);
        ZipCodes.find(found);
        Occupations.find(found);
        names.find(found, words);
        return found.spans();
    }

    /** The text with each finding of some kinds replaced by its kind, as {@code [email_address]}. */
    public String redacted(String text, Set<PersonalKind> kinds) {
        var redacted = new StringBuilder();
        int at = 0;
        for (var span : find(text)) {
            if (kinds.contains(span.kind())) {
                redacted.append(text, at, span.start()).append('[').append(span.kind()).append(']');
                at = span.end();
            }
        }
        return at == 0 ? text : redacted.append(text, at, text.length()).toString();
    }
}
