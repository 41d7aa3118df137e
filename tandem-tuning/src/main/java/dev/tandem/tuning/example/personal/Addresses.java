package dev.tandem.tuning.example.personal;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Postal addresses: a street with a number in the order of any country, a box or a military post office, and what follows
 * it up to the end of the capitalised words, numbers and commas: flat, town, region, post code, country.
 */
final class Addresses {
    private static final Pattern BOX = Pattern.compile(
            "(?i)\\b(?:p\\.? ?o\\.? ?box|postbox|post office box|postfach|boks) ?\\d{1,6}\\b"
                    + "|\\bPSC \\d{1,5},? Box \\d{1,5}|\\bUnit \\d{1,5},? Box \\d{1,5}|\\b[AFD]PO A[AEP] \\d{5}|\\bUSN?[SV] \\p{L}+(?=\\n)");
    private static final Pattern FLAT =
            Pattern.compile("(?i)\\b(?:suite|ste\\.|apt\\.?|apartment|flat)\\s?#?\\d{1,5}[a-z]?\\b(?!\\.\\d)");
    private static final Pattern CORNER = Pattern.compile(
            "(?i)\\b(?:the )?corner of (?=[\\p{Lu}\\d])((?:[^.,?!\\n]|\\.(?= ?(?:\\p{Lu}|and |\\d))){3,80}? and (?:\\d+ )?(?:[\\p{Lu}][\\p{L}'-]*\\.? ?|(?:van|de|den|ten|of|the) ){1,4}(?:\\d{1,4}\\b\\.?)?(?:St\\.)?)");
    private static final Set<String> LINKS = Set.of(
            "de",
            "da",
            "do",
            "dos",
            "das",
            "del",
            "della",
            "di",
            "du",
            "des",
            "la",
            "le",
            "les",
            "el",
            "al",
            "van",
            "der",
            "den",
            "ten",
            "von",
            "of",
            "the",
            "och",
            "og",
            "i",
            "na",
            "nad",
            "y",
            "zu",
            "am",
            "im",
            "pod",
            "u",
            "utca",
            "út",
            "útja",
            "tér",
            "revolucije",
            "str",
            "nan");
    private static final Pattern HOUSE = Pattern.compile("\\d{1,5}[a-zA-Z]?(?:[/-]\\d{1,4}[a-zA-Z]?)?");
    private static final Pattern JOINED =
            Pattern.compile("[ ,>\\t]*\\n?[ ,>\\t]*|\\. ?\\n?|\\., ?|, ?\\n ?|[ ,]*\\n[ ,]*\\n?[ ]*| - |-");
    private static final Pattern COUNTED = Pattern.compile(
            "(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|version|chapter|section|figure|table|page|step|question|article|covid|sars|ncov|hadv|psalm|unit|box)");
    private static final Pattern YEAR = Pattern.compile("(?:1[6-9]|20)\\d\\d");
    private static final Set<String> FLATS =
            Set.of("suite", "ste", "apt", "apartment", "flat", "unit", "floor", "room", "box", "postbox");
    private static final Set<String> WHERE =
            Set.of("at", "in", "to", "on", "is", "address", "near", "lives", "from", "and");
    private static final int MOST_NAME = 5;

    private final Gazetteer gazetteer;

    Addresses(Gazetteer gazetteer) {
        this.gazetteer = gazetteer;
    }

    void find(Found found, List<Word> words) {
        var corners = CORNER.matcher(found.text());
        while (corners.find()) {
            found.add(PersonalKind.STREET_ADDRESS, corners.start(), trimmed(found.text(), corners.end()));
        }
        if (!found.hasDigits()) {
            return;
        }
        int at = 0;
        while (at < words.size()) {
            int end = at > 0 && isFlat(words.get(at - 1)) ? at : street(words, at);
            if (end > at
                    && found.isFree(words.get(at).start(), words.get(end - 1).end())) {
                int last = extended(found, words, end);
                int start = words.get(crossing(words, at)).start();
                found.add(
                        PersonalKind.STREET_ADDRESS,
                        found.isFree(start, words.get(at).start())
                                ? start
                                : words.get(at).start(),
                        words.get(last - 1).end());
                at = last;
            } else {
                at++;
            }
        }
        boxes(found, words, BOX);
        boxes(found, words, FLAT);
    }

    /** The first word of "Miller and Main Street": another street before this one. */
    private int crossing(List<Word> words, int at) {
        return at >= 2
                        && words.get(at - 1).text().equals("and")
                        && words.get(at - 1).follows()
                        && words.get(at).follows()
                        && words.get(at - 2).isCapital()
                        && !gazetteer.isWord(words.get(at - 2).lower())
                ? at - 2
                : at;
    }

    private void boxes(Found found, List<Word> words, Pattern pattern) {
        var matcher = pattern.matcher(found.text());
        int at = 0;
        while (matcher.find()) {
            while (at < words.size() && words.get(at).start() < matcher.end()) {
                at++;
            }
            int start = number(words, at, matcher.start());
            int last = extended(found, words, at);
            int end = last > at ? words.get(last - 1).end() : matcher.end();
            if (found.isFree(start, end)) {
                found.add(PersonalKind.STREET_ADDRESS, start, end);
            } else {
                found.add(PersonalKind.STREET_ADDRESS, matcher.start(), matcher.end());
            }
        }
    }

    /** Where a number that stands before the box begins. */
    private static int number(List<Word> words, int at, int start) {
        for (int i = at - 1; i >= 0 && words.get(i).end() > start - 8; i--) {
            if (words.get(i).end() <= start) {
                return words.get(i).isNumber() && words.get(i).text().length() <= 6
                        ? words.get(i).start()
                        : start;
            }
        }
        return start;
    }

    /** After the last word of a street that begins here, or {@code at} if none does. */
    private int street(List<Word> words, int at) {
        int name = at;
        while (name < words.size()
                && name < at + 2
                && isHouse(words.get(name))
                && (name == at || words.get(name).follows())) {
            name++;
        }
        boolean before = name > at;
        int end = name;
        boolean named = false;
        while (end < words.size()
                && end - name < MOST_NAME
                && (end == at || words.get(end).follows() || isShort(words, end))) {
            var word = words.get(end);
            boolean suffix = end > name
                    && Streets.isSuffix(word.lower())
                    && (word.isCapital()
                            || Streets.isPlainSuffix(word.lower())
                                    && !word.text().equals("drive"));
            if (!word.isNumber()
                    && !isFlat(word)
                    && (word.isCapital()
                            || suffix
                            || end > name && LINKS.contains(word.lower())
                            || end == name && Streets.isPrefix(word.lower()))) {
                named |= word.isCapital() && !word.isInitial();
                end++;
                if (suffix && !nextIsSuffix(words, end)) {
                    break;
                }
            } else {
                break;
            }
        }
        while (end > name
                && LINKS.contains(words.get(end - 1).lower())
                && !Streets.isSuffix(words.get(end - 1).lower())) {
            end--;
        }
        if (end == name || !named || isPlace(words, name, end)) {
            return at;
        }
        int behind = houseBehind(words, end);
        return judged(words, at, name, end, behind, before);
    }

    /** Rhode Island is no street, though it ends like one. */
    private boolean isPlace(List<Word> words, int name, int end) {
        return end - name > 1
                && gazetteer.isPlace(
                        words.get(name).lower() + " " + words.get(name + 1).lower());
    }

    private static boolean nextIsSuffix(List<Word> words, int end) {
        return end < words.size()
                && words.get(end).follows()
                && Streets.isSuffix(words.get(end).lower())
                && words.get(end).isCapital();
    }

    private static int houseBehind(List<Word> words, int end) {
        boolean dotted = end < words.size()
                && words.get(end).gap().equals(". ")
                && words.get(end - 1).text().length() <= 3;
        return end < words.size() && (words.get(end).follows() || dotted) && isHouse(words.get(end)) ? end + 1 : end;
    }

    private int judged(List<Word> words, int at, int name, int end, int behind, boolean before) {
        var first = words.get(name).lower();
        var last = words.get(end - 1).lower();
        boolean prefix = Streets.isPrefix(first) && end - name > 1;
        boolean suffix = end - name > 1
                && Streets.isSuffix(last)
                && (words.get(end - 1).isCapital() || Streets.isPlainSuffix(last) && !last.equals("drive"));
        boolean compound = words.subList(name, end).stream()
                .anyMatch(word -> Streets.isCompound(word.lower()) && !gazetteer.isWord(word.lower()));
        boolean unknown = words.subList(name, end).stream()
                .anyMatch(word -> word.isCapital()
                        && word.text().length() > 2
                        && !gazetteer.isWord(word.lower())
                        && !gazetteer.isGroup(word.lower()));
        if (behind > end
                && (prefix
                        || compound
                        || suffix && unknown
                        || unknown
                                && !isDated(words, name, end, behind)
                                && (before || isPlaced(words, name, behind)))) {
            return behind;
        }
        if (before && (prefix || suffix && (unknown || Streets.isPlainSuffix(last)) || compound)) {
            return end;
        }
        return (prefix && first.startsWith("ru"))
                        || suffix && unknown && Streets.isPlainSuffix(last)
                        || compound && end - name == 1 && !before && Streets.isStreet(first)
                ? end
                : at;
    }

    /** A name and a number are a street where something is or goes, or where an address goes on behind them. */
    private static boolean isPlaced(List<Word> words, int name, int behind) {
        boolean where = words.get(name).begins() && words.get(name).gap().contains("\n")
                || name > 0 && WHERE.contains(words.get(name - 1).lower());
        boolean lives = name > 1 && words.get(name - 2).lower().equals("lives");
        boolean goesOn = behind == words.size()
                || words.get(behind).gap().matches("(?s)(?:,|\\.?\\s*\\n).*")
                        && (words.get(behind).isCapital() || words.get(behind).isNumber())
                || isFlat(words.get(behind));
        return where
                        && (lives
                                || goesOn
                                || words.get(name - (name > 0 ? 1 : 0)).lower().matches("at|address|near|lives"))
                || goesOn && behind < words.size() && isFlat(words.get(behind));
    }

    /** A name with a year or a count behind it is no street: "Windows 95", "July 14", "Apollo 11". */
    private boolean isDated(List<Word> words, int name, int end, int behind) {
        var number = words.get(behind - 1).text();
        boolean year = YEAR.matcher(number).matches();
        boolean plain = COUNTED.matcher(words.get(name).lower()).matches();
        boolean one = end - name == 1 && number.length() == 1;
        return year
                || plain
                || one
                || end - name > 1
                        && words.get(name).begins()
                        && gazetteer.isWord(words.get(name).lower());
    }

    /** An abbreviation of two or three letters with its full stop, as "ul. Cicha". */
    private static boolean isShort(List<Word> words, int end) {
        return end > 0
                && words.get(end).gap().equals(". ")
                && words.get(end - 1).text().length() <= 4
                && Streets.isPrefix(words.get(end - 1).lower());
    }

    private static boolean isFlat(Word word) {
        return FLATS.contains(word.lower());
    }

    private static boolean isHouse(Word word) {
        return word.isNumber() && HOUSE.matcher(word.text()).matches();
    }

    /** After the last word of what belongs to an address that ends before {@code at}. */
    private int extended(Found found, List<Word> words, int at) {
        int end = at;
        int i = at;
        while (i < words.size() && i - at < 14) {
            var word = words.get(i);
            boolean joined = JOINED.matcher(word.gap()).matches();
            boolean part =
                    word.isNumber() && word.text().length() <= 7 || word.isCapital() || LINKS.contains(word.lower());
            boolean sentence = word.gap().startsWith(".") && word.isCapital() && gazetteer.isWord(word.lower());
            if (!joined
                    || !part
                    || sentence
                    || isAfterwards(word)
                    || beginsPhone(words, i)
                    || !found.isFree(word.start(), word.end())) {
                break;
            }
            i++;
            if (!LINKS.contains(word.lower()) || word.text().equals("nan")) {
                end = i;
            }
        }
        return end;
    }

    /** A line of numbers is no post code but a telephone's. */
    private static boolean beginsPhone(List<Word> words, int i) {
        return words.get(i).isNumber()
                && words.get(i).gap().contains("\n")
                && i + 2 < words.size()
                && words.get(i + 1).gap().matches("[ .-]")
                && words.get(i + 1).isNumber()
                && words.get(i + 2).isNumber();
    }

    /** What begins the next thing, though it is written with a capital. */
    private static boolean isAfterwards(Word word) {
        return word.gap().contains("\n")
                && word.lower()
                        .matches(
                                "mobile|desk|fax|phone|tel|telephone|email|e-mail|website|office|cell|home|please|dear|hi|hello|thanks|regards|i");
    }

    private static int trimmed(String text, int end) {
        int trimmed = end;
        while (trimmed > 0 && Character.isWhitespace(text.charAt(trimmed - 1))) {
            trimmed--;
        }
        return trimmed;
    }
}
