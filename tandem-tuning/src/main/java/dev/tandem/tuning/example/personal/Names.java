package dev.tandem.tuning.example.personal;

import java.util.List;
import java.util.Set;

/**
 * Names of people, organisations, places and groups: words that are no English words but written with a capital, and runs of
 * capitalised words, told apart by word lists and by the words around them.
 */
final class Names {
    private static final Set<String> PARTICLES = Set.of(
            "van", "der", "den", "de", "von", "zu", "da", "do", "dos", "della", "del", "di", "du", "la", "le", "ten",
            "ter", "bin", "ibn", "al", "el", "y", "af", "av");
    private static final Set<String> NEVER = Gazetteer.set(
            "i ok okay mr mrs ms dr monday tuesday wednesday thursday friday saturday sunday january february march april may june"
                    + " july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec english"
                    + " internet web wifi wi-fi pdf html http https sql json api usb ios android windows linux mac iphone ipad covid"
                    + " covid-19 dna rna tv pc ceo cto cfo faq url iban pin atm id ssn usd eur gbp christmas easter god jesus bible"
                    + " earth mars latin bot user assistant system fax website mobile e-mail email phone telephone tel desk office address date name subject note update python java javascript q a hi hello hey dear thanks re fwd ps am pm");

    private final Gazetteer gazetteer;
    private final NameKinds kinds;

    Names(Gazetteer gazetteer) {
        this.gazetteer = gazetteer;
        kinds = new NameKinds(gazetteer);
    }

    void find(Found found, List<Word> words) {
        boolean shouted = isShouted(words);
        int at = 0;
        while (at < words.size()) {
            int end = run(found, words, at, shouted);
            if (end == at) {
                lowerCase(found, words, at);
                at++;
            } else {
                name(found, words, at, end);
                at = end;
            }
        }
    }

    /** Where most words are capitals, they say nothing. */
    private static boolean isShouted(List<Word> words) {
        return words.size() > 6 && words.stream().filter(Word::isAllCapitals).count() > 0.6 * words.size();
    }

    /** After the last word of a run of names that begins here. */
    private int run(Found found, List<Word> words, int at, boolean shouted) {
        int end = at;
        int named = at;
        while (end < words.size() && end - at < 8) {
            var word = words.get(end);
            if (end > at && !joins(words, end) || !found.isFree(word.start(), word.end())) {
                break;
            }
            boolean group = gazetteer.isGroup(word.lower()) && word.isCapital() && !isPartOfName(words, end);
            if (group && end > at) {
                break;
            }
            if (isNameLike(words, end, end == at, shouted)) {
                end++;
                named = end;
                if (group) {
                    break;
                }
            } else if (end > at && PARTICLES.contains(word.lower())
                    || end > at && word.text().equals("and") && isListOfNames(words, at, end)) {
                end++;
            } else {
                break;
            }
        }
        return named;
    }

    /** "European Union", "Czech Republic": no people's name by itself. */
    private boolean isPartOfName(List<Word> words, int at) {
        return isPlaceOfTwo(words, at)
                || isFollowed(words, at, NameContexts.COMPANY)
                || isFollowed(words, at, NameContexts.STATE);
    }

    private static boolean isFollowed(List<Word> words, int at, Set<String> by) {
        return at + 1 < words.size()
                && words.get(at + 1).follows()
                && words.get(at + 1).isCapital()
                && by.contains(words.get(at + 1).lower());
    }

    /** Whether a place of two words begins here, such as "United States". */
    private boolean isPlaceOfTwo(List<Word> words, int at) {
        return at + 1 < words.size()
                && words.get(at + 1).follows()
                && gazetteer.isPlace(
                        words.get(at).lower() + " " + words.get(at + 1).lower());
    }

    private static boolean joins(List<Word> words, int end) {
        var gap = words.get(end).gap();
        return words.get(end).follows()
                || gap.equals(" & ")
                || gap.equals(", ") && isListOfNames(words, Math.max(0, end - 1), end);
    }

    /** "Barnett, Melton and Garcia": a firm named for three people. */
    private static boolean isListOfNames(List<Word> words, int from, int at) {
        int last = Math.min(words.size() - 1, at + 2);
        for (int i = Math.max(from, at - 2); i < last; i++) {
            if (i >= 1
                    && i + 2 < words.size()
                    && words.get(i).gap().equals(", ")
                    && words.get(i - 1).isCapital()
                    && words.get(i).isCapital()
                    && words.get(i + 1).text().equals("and")
                    && words.get(i + 2).isCapital()
                    && (i < 2 || !words.get(i - 1).gap().equals(", "))) {
                return at >= i && at <= i + 2;
            }
        }
        return false;
    }

    private boolean isNameLike(List<Word> words, int at, boolean first, boolean shouted) {
        var word = words.get(at);
        var lower = word.lower();
        if (word.isNumber() || NEVER.contains(lower) && !gazetteer.isGivenName(lower) || !word.isCapital()) {
            return false;
        }
        if (word.isAllCapitals()) {
            return !shouted && (gazetteer.isPlace(lower) || word.text().length() >= 5 && !gazetteer.isWord(lower));
        }
        if (first && word.begins()) {
            return isPlaceOfTwo(words, at)
                    || isFollowed(words, at, NameContexts.SURELY_COMPANY)
                    || !gazetteer.isWord(lower)
                    || gazetteer.isGivenName(lower)
                    || gazetteer.isPlace(lower);
        }
        return true;
    }

    private void name(Found found, List<Word> words, int at, int end) {
        var text = found.text();
        int start = words.get(at).start();
        int stop = words.get(end - 1).end();
        var before = text.substring(Math.max(0, start - 60), start);
        var behind = text.substring(stop, Math.min(text.length(), stop + 60));
        kinds.placed(found, start, stop)
                .or(() -> kinds.of(words.subList(at, end), before, behind))
                .ifPresent(kind -> found.add(kind, start, stop));
    }

    /** A name that was not written with a capital: only where the words before it say that it is one. */
    private void lowerCase(Found found, List<Word> words, int at) {
        var word = words.get(at);
        if (word.isNumber() || word.isCapital() || !found.isFree(word.start(), word.end())) {
            return;
        }
        if (gazetteer.isGroup(word.lower())
                && !gazetteer.isWord(word.lower())
                && word.text().length() > 4) {
            found.add(PersonalKind.NRP, word.start(), word.end());
            return;
        }
        if (gazetteer.isPlace(word.lower()) && !gazetteer.isWord(word.lower()) || isPlaceOfTwo(words, at)) {
            found.add(
                    PersonalKind.GPE,
                    word.start(),
                    words.get(isPlaceOfTwo(words, at) ? at + 1 : at).end());
            return;
        }
        var before = found.text().substring(Math.max(0, word.start() - 60), word.start());
        boolean name = gazetteer.isGivenName(word.lower()) || !gazetteer.isWord(word.lower());
        if (name
                && (NameContexts.LOWER_PERSON_BEFORE.matcher(before).matches()
                        || gazetteer.isGivenName(word.lower()) && !gazetteer.isWord(word.lower()))) {
            int end = at + 1;
            while (end < words.size()
                    && end < at + 3
                    && words.get(end).follows()
                    && !gazetteer.isWord(words.get(end).lower())
                    && !words.get(end).isNumber()) {
                end++;
            }
            found.add(PersonalKind.PERSON, word.start(), words.get(end - 1).end());
        }
    }
}
