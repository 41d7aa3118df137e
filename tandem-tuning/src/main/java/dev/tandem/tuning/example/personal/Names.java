package dev.tandem.tuning.example.personal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of people, organisations, places and groups: words that are no English words but written with a capital, and runs of
 * capitalised words, told apart by word lists and by the words around them.
 */
final class Names {
    private static final Set<String> PARTICLES = Set.of(
            "van", "der", "den", "de", "von", "zu", "da", "do", "dos", "della", "del", "di", "du", "la", "le", "ten",
            "ter", "bin", "ibn", "al", "el", "y", "af", "av");
    private static final Set<String> COMPANY = Gazetteer.set(
            "inc llc llp ltd plc corp corporation company co group holdings technologies technology solutions systems system"
                    + " consulting consultants capital bank partners associates industries labs laboratories foundation institute"
                    + " university college agency service services media network networks software analytics data finance financial"
                    + " insurance gmbh ag oy ab as bv nv spa srl sarl sa limited international enterprises ventures trust council"
                    + " commission committee ministry department association society federation union league club orchestra"
                    + " airlines airways motors energy pharmaceuticals health hospital school schools research investments"
                    + " advisors communications entertainment studios records press publishing news times survey explorer lines"
                    + " logistics realty properties markets exchange fund online interactive digital labs team");
    private static final Pattern COMPANY_BEFORE = Pattern.compile(
            "(?i).*(?:\\b(?:works?|worked|working|interned?|job|career) (?:for|at|with)|\\b(?:employed|hired|founded|published|owned|acquired|made|recorded) (?:by|for)|\\bfounder of|\\bce?[oft]o (?:of|at)|\\bemployees? (?:of|at)|\\bsupport(?:ing)?|\\baccording to the|\\bcustomers? of|\\bjoin(?:ed|ing)?|\\bshares of|\\b(?:position|role|manager|director|engineer|developer) (?:at|with)|\\bfrom the|\\bcompany|\\bmanufacturers? [^.]*:|\\binterview (?:at|with))\\s*\"?\\s*$");
    private static final Pattern COMPANY_BEHIND = Pattern.compile(
            "(?i)^(?:'s|’s)?,?\\s*(?:(?:is|was|are) (?:an?|the) (?:[\\w-]+ ){0,3}(?:company|agency|firm|start-?up|bank|organi[sz]ation|non-?profit|brainchild|provider|manufacturer|retailer|developer of|charity|leader|brand)|(?:offices?|headquarters?|employees|shares|stock|products?|website|customers|orchestra|board|invested|announced|acquired|launched|reported|hired|has been acquired|shareholders)\\b).*",
            Pattern.DOTALL);
    private static final Pattern PLACE_BEFORE = Pattern.compile(
            "(?i).*\\b(?:in|to|from|near|into|across|visit(?:ed|ing)?|leav(?:e|ing)|leaving|based in|city of|town of|university of|capital of|southern|northern|eastern|western|central|around|outside|through|toward|towards|home city|island of|republic of|port of|live in|flights? to)\\s*$");
    private static final Pattern PLACE_BEHIND = Pattern.compile(
            "(?i)^(?:'s|’s)?\\s*(?:bridge|city|county|province|district|area|region|airport|harbou?r|is a (?:city|town|country|village|state)|was super fun to visit|population|government|capital)\\b.*",
            Pattern.DOTALL);
    private static final Pattern PERSON_BEFORE = Pattern.compile(
            "(?i).*(?:\\b(?:name(?: is|'s|:)|named|call(?:ed)? (?:me|him|her)|call (?:me|him|her)|i am|i'm|this is|by|dear|hi|hello|hey|mrs?\\.?|ms\\.?|miss|dr\\.?|prof\\.?|professor|sir|lady|president|minister|senator|king|queen|judge|captain|uncle|aunt|says?|said|told|asked|with|producer|singer|author|actor|actress|director|player|novelist|composer|under|married|son of|daughter of|brother|sister|wife|husband|change it to|add|remember|under the name|alias|and))[ :,]*$");
    private static final Pattern PEOPLE_BEFORE = Pattern.compile(
            "(?i).*\\b(?:founders|members|authors|writers|singers|actors|players|friends|brothers|sisters|guests|winners|speakers|colleagues|partners|children|sons|daughters|parents|attendees|employees)(?: are| were)?\\s*[:,-]?\\s*$");
    private static final Pattern LOWER_PERSON_BEFORE = Pattern.compile(
            "(?i).*(?:\\bname(?: is|'s|:)|\\bcall me|\\bcalled|\\bnamed (?:him|her|it)?|\\bmaybe it's under|\\bunder the name|\\b(?:mr|ms|mrs|dr)\\.)\\s*$");
    private static final Pattern SURNAME = Pattern.compile(
            ".{2,}(?:sen|sson|dóttir|ová|eva|ova|ski|ska|sky|wicz|vić|vich|ić|ov|ev|enko|chuk|nen|escu|opoulos|idis|ez|berg|mann|quist|qvist|lund|ström|stein|shvili|yan|oğlu|ini|elli|etti)");
    private static final Set<String> NEVER = Gazetteer.set(
            "i ok okay mr mrs ms dr monday tuesday wednesday thursday friday saturday sunday january february march april may june"
                    + " july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec english"
                    + " internet web wifi wi-fi pdf html http https sql json api usb ios android windows linux mac iphone ipad covid"
                    + " covid-19 dna rna tv pc ceo cto cfo faq url iban pin atm id ssn usd eur gbp christmas easter god jesus bible"
                    + " earth mars latin bot user assistant system fax website mobile e-mail email phone telephone tel desk office address date name subject note update python java javascript q a hi hello hey dear thanks re fwd ps am pm");

    private final Gazetteer gazetteer;

    Names(Gazetteer gazetteer) {
        this.gazetteer = gazetteer;
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
            boolean group = gazetteer.isGroup(word.lower()) && word.isCapital();
            if (group && end > at) {
                break;
            }
            if (isNameLike(word, end == at, shouted)) {
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

    private boolean isNameLike(Word word, boolean first, boolean shouted) {
        var lower = word.lower();
        if (word.isNumber() || NEVER.contains(lower) && !gazetteer.isGivenName(lower) || !word.isCapital()) {
            return false;
        }
        if (word.isAllCapitals()) {
            return !shouted && (gazetteer.isPlace(lower) || word.text().length() >= 5 && !gazetteer.isWord(lower));
        }
        if (first && word.begins()) {
            return !gazetteer.isWord(lower) || gazetteer.isGivenName(lower) || gazetteer.isPlace(lower);
        }
        return true;
    }

    private void name(Found found, List<Word> words, int at, int end) {
        var text = found.text();
        int start = words.get(at).start();
        int stop = words.get(end - 1).end();
        var before = text.substring(Math.max(0, start - 60), start);
        var behind = text.substring(stop, Math.min(text.length(), stop + 60));
        placed(found, start, stop)
                .or(() -> kind(words, at, end, before, behind))
                .ifPresent(kind -> found.add(kind, start, stop));
    }

    /** What stands behind an address, behind "someone from" and below a name on a card says what it is by its place. */
    private Optional<PersonalKind> placed(Found found, int start, int stop) {
        var last = found.before(start);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        var gap = found.text().substring(last.get().end(), start);
        boolean person = last.get().kind() == PersonalKind.PERSON;
        if (last.get().kind() == PersonalKind.STREET_ADDRESS && gap.matches(",? ?")) {
            return Optional.of(PersonalKind.GPE);
        }
        boolean place = gazetteer.isPlace(found.text().substring(start, stop).toLowerCase(java.util.Locale.ROOT));
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

    private Optional<PersonalKind> kind(List<Word> words, int at, int end, String before, String behind) {
        var run = words.subList(at, end);
        var first = run.getFirst().lower();
        var last = run.getLast().lower();
        var all = String.join(" ", run.stream().map(Word::lower).toList());
        boolean single = run.size() == 1;
        boolean given = gazetteer.isGivenName(first);
        boolean unknown = run.stream().anyMatch(word -> word.text().length() > 2 && !gazetteer.isWord(word.lower()));
        boolean surname = SURNAME.matcher(last).matches() && !gazetteer.isWord(last);
        if (single && gazetteer.isGroup(first)) {
            return Optional.of(PersonalKind.NRP);
        }
        if (!single && COMPANY.contains(last.replace(".", "")) && (unknown || !given)) {
            return Optional.of(PersonalKind.ORGANIZATION);
        }
        if (PEOPLE_BEFORE.matcher(before).matches() && unknown) {
            return Optional.of(PersonalKind.PERSON);
        }
        if (all.contains(" and ") && run.size() >= 4
                || all.contains("&")
                || COMPANY_BEFORE.matcher(before).matches() && !given
                || COMPANY_BEHIND.matcher(behind).matches() && !(given && !single)) {
            return unknown || !single ? Optional.of(PersonalKind.ORGANIZATION) : Optional.empty();
        }
        if (gazetteer.isPlace(all) && !(given && PERSON_BEFORE.matcher(before).matches())) {
            return Optional.of(PersonalKind.GPE);
        }
        if (given
                && (!single
                        || unknown
                        || PERSON_BEFORE.matcher(before).matches()
                        || !run.getFirst().begins()
                        || !gazetteer.isWord(first))) {
            return Optional.of(PersonalKind.PERSON);
        }
        if (single
                && first.indexOf('-') > 0
                && unknown
                && !surnameFirst(first)
                && !PLACE_BEFORE.matcher(before).matches()
                && !PERSON_BEFORE.matcher(before).matches()) {
            return Optional.of(PersonalKind.ORGANIZATION);
        }
        if (surname || !single && run.stream().anyMatch(Word::isInitial) && unknown) {
            return Optional.of(PersonalKind.PERSON);
        }
        return guessed(run, before, behind, unknown);
    }

    /** "Fritz-Armstrong" is a firm, "Anne-Marie" a person. */
    private boolean surnameFirst(String lower) {
        return gazetteer.isGivenName(lower.substring(0, lower.indexOf('-')))
                && gazetteer.isGivenName(lower.substring(lower.lastIndexOf('-') + 1));
    }

    private static Optional<PersonalKind> guessed(List<Word> run, String before, String behind, boolean unknown) {
        boolean single = run.size() == 1;
        boolean begins = run.getFirst().begins();
        if (PLACE_BEFORE.matcher(before).matches()
                || PLACE_BEHIND.matcher(behind).matches()
                || run.getFirst().isAllCapitals()) {
            return unknown ? Optional.of(PersonalKind.GPE) : Optional.empty();
        }
        if (PERSON_BEFORE.matcher(before).matches() && unknown) {
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
        var before = found.text().substring(Math.max(0, word.start() - 60), word.start());
        boolean name = gazetteer.isGivenName(word.lower()) || !gazetteer.isWord(word.lower());
        if (name
                && (LOWER_PERSON_BEFORE.matcher(before).matches()
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
