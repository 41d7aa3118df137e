package dev.tandem.tuning.example.personal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Personal data that has a form of its own: numbers, addresses of machines, dates, ages, titles. */
final class Patterns {
    private static final String MONTH =
            "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
                    + "|nov(?:ember)?|dec(?:ember)?)";
    private static final String TOP_DOMAIN =
            "(?:com|org|net|edu|gov|mil|info|biz|io|ai|dev|app|eu|us|uk|de|at|ch|fr|be|nl|it"
                    + "|es|pt|pl|cz|sk|hu|se|no|dk|fi|is|ee|lv|lt|ru|ua|gr|cy|tr|il|za|in|cn|jp|kr|au|nz|ca|mx|br|ar|cl|co|ie|ro|bg|hr|si|rs|me|tv)";
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    private static final Pattern AMOUNT =
            Pattern.compile("\\d+\\.\\d+-\\d+\\.\\d+|\\d{1,3}(?:[ .]000)+|0\\d{3}-\\d{4}|(?:1[89]|20)\\d\\d[ -].*");

    private static final List<Rule> RULES = List.of(
            rule(
                    PersonalKind.EMAIL_ADDRESS,
                    "@",
                    "[\\p{L}\\p{N}._%+'-]{1,64}@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+){0,5}\\.\\p{L}{2,24}"),
            rule(PersonalKind.DOMAIN_NAME, ":/", "(?i)\\b(?:https?|ftp)://[^\\s<>\"'`)\\]}]{3,2000}"),
            rule(
                    PersonalKind.DOMAIN_NAME,
                    ".",
                    "(?i)(?<![\\w@./-])(?:www\\.)[a-z0-9-]+(?:\\.[a-z0-9-]+){1,4}(?:/[^\\s<>\"')\\]]*)?"),
            rule(
                    PersonalKind.DOMAIN_NAME,
                    ".",
                    "(?i)(?<![\\w@./-])(?:[a-z0-9][a-z0-9-]{1,62}\\.){1,4}" + TOP_DOMAIN
                            + "(?:/[^\\s<>\"')\\]]*)?(?![\\w.-]*\\w)"),
            rule(PersonalKind.IP_ADDRESS, ".", "(?<![\\w.])" + OCTET + "(?:\\." + OCTET + "){3}(?![\\w.]*\\d)"),
            rule(
                    PersonalKind.IP_ADDRESS,
                    ":",
                    "(?i)(?<![\\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\\w:])|(?<![\\w:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})(?![\\w:])"),
            rule(
                    PersonalKind.IBAN_CODE,
                    "",
                    "(?i)(?<!\\w)[a-z]{2}\\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,4})?(?!\\w)",
                    match -> Checksums.iban(match.group())),
            rule(
                    PersonalKind.CREDIT_CARD,
                    "",
                    "(?<![\\w.-])\\d(?:[ -]?\\d){11,18}(?![\\w-]|\\.\\d)",
                    match -> Checksums.card(match.group())),
            rule(
                    PersonalKind.US_SSN,
                    "",
                    "(?<![\\w-])(\\d{3})[- ](\\d{2})[- ](\\d{4})(?![\\w-])",
                    match -> Checksums.socialSecurity(match.group(1), match.group(2), match.group(3))),
            after(
                    PersonalKind.US_SSN,
                    "(?i)\\b(?:ssn|social security(?: number| no\\.?| #)?)\\b[^\\d\\n]{0,20}",
                    "(?<!\\d)\\d{9}(?!\\d)"),
            after(
                    PersonalKind.US_DRIVER_LICENSE,
                    "(?i)\\b(?:driver'?s?'? licen[cs]e|driving licen[cs]e|licen[cs]e (?:number|no\\.?)|DL)\\b[^\\d\\n]{0,25}?",
                    "\\b(?=[A-Z0-9-]*\\d{3})[A-Z0-9][A-Z0-9-]{4,18}\\b"),
            rule(
                    PersonalKind.DATE_TIME,
                    "",
                    "(?<![\\w/.-])(?:1[89]|20)\\d\\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\\d|3[01])(?:[T ]\\d{1,2}:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?(?![\\w/]|-\\d)"),
            rule(
                    PersonalKind.DATE_TIME,
                    "",
                    "(?<![\\w/.-])(?:0?[1-9]|[12]\\d|3[01])([/.-])(?:0?[1-9]|[12]\\d|3[01])\\1(?:(?:1[89]|20)\\d\\d|\\d\\d)(?![\\w/-]|\\.\\d)"),
            rule(
                    PersonalKind.DATE_TIME,
                    "",
                    "(?i)\\b(?:(?:[12]?\\d|3[01])(?:st|nd|rd|th)?(?: of)? )" + MONTH
                            + "\\b\\.?(?:,? (?:1[89]|20)\\d\\d\\b)?|\\b" + MONTH
                            + "\\.? (?:[12]\\d|3[01]|[1-9])(?:st|nd|rd|th)?\\b(?:,? (?:1[89]|20)\\d\\d\\b)?|\\b" + MONTH
                            + "\\.?,? (?:of )?(?:1[89]|20)\\d\\d\\b"),
            after(
                    PersonalKind.DATE_TIME,
                    "(?i)\\b(?:in|since|during|from|until|till|by|of|before|after|around|circa|year|to|early|late|mid|born|died|founded|established|summer|winter|spring|autumn|fall)[ -]\\(?",
                    "(?<!\\d)(?:1[6-9]|20)\\d\\ds?\\b(?![-/,.]?\\d)"),
            rule(PersonalKind.DATE_TIME, "", "(?<=\\()(?:1[6-9]|20)\\d\\d(?:\\s?[-–]\\s?(?:1[6-9]|20)\\d\\d)?(?=\\))"),
            rule(PersonalKind.DATE_TIME, "day", "\\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\\b"),
            after(
                    PersonalKind.AGE,
                    "(?i)\\b(?:aged?|age of|age:|age is|turn(?:ed|s|ing)?|i am|i'm|he is|he's|she is|she's|is now)(?: of)? ",
                    "\\b(?:1[01]\\d|[1-9]\\d?)\\b(?!(?:[.,:/-]?\\d| ?%| ?(?:minutes?|hours?|days?|weeks?|months?|miles?|km|feet|th\\b)))"),
            rule(
                    PersonalKind.AGE,
                    "",
                    "(?i)\\b(?:1[01]\\d|[1-9]\\d?)(?=(?:[ -]?(?:years?|yrs?|months?)[ -]?(?:old|of age)\\b|[ -]?y/?o\\b))"),
            rule(
                    PersonalKind.TITLE,
                    "",
                    "\\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Rev|Sgt|Capt|Lt|Col|Gen|Hon)\\.(?=\\s+\\p{L})|\\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Professor|Herr|Frau|Monsieur|Madame|Señora?)(?=\\s+\\p{Lu})"),
            rule(PersonalKind.TITLE, ". ", "\\bm(?:rs?|s)\\.(?=\\s+\\p{Lu})"));

    /** Phone numbers come after all other numbers and addresses were taken. */
    private static final List<Rule> PHONES = List.of(
            rule(
                    PersonalKind.PHONE_NUMBER,
                    "",
                    "(?<![\\w+.])(?:\\+|(?<!,)00)\\d{1,3}[ .-]?(?:\\(0?\\d{1,4}\\)[ .-]?)?\\d{1,5}(?:[ .-]?\\d{2,5}){1,5}(?: ?(?:x|ext\\.?) ?\\d{1,6})?(?!\\w)"),
            rule(
                    PersonalKind.PHONE_NUMBER,
                    "(",
                    "(?<![\\w(])\\(\\d{2,5}\\)[ .-]?\\d{2,5}(?:[ .-]?\\d{2,5}){0,4}(?: ?(?:x|ext\\.?) ?\\d{1,6})?(?!\\w|-\\d)"),
            rule(
                    PersonalKind.PHONE_NUMBER,
                    "",
                    "(?<![\\w.,/-])(?:1[ .-])?\\d{3}[ .-]\\d{3}[ .-]\\d{4}(?: ?(?:x|ext\\.?) ?\\d{1,6})?(?!\\w|-\\d)"),
            rule(
                    PersonalKind.PHONE_NUMBER,
                    "",
                    "(?<![\\w.,/$€£-])0\\d{1,4}[ ./-]\\d{2,8}(?:[ .-]\\d{2,5}){0,4}(?!\\w|[.-]\\d)"),
            rule(PersonalKind.PHONE_NUMBER, "", "(?<![\\w.,/$€£-])\\d{2}(?:[ .-]\\d{2}){3,4}(?!\\w|[.-]\\d)"),
            after(
                    PersonalKind.PHONE_NUMBER,
                    "(?i)\\b(?:phones?|tel(?:ephone)?|mobile|cell|fax|call(?:ed|ing)?(?: \\w+){0,2}|dial|desk|office|number|reach \\w+|contact \\w+|text(?: me)?|whatsapp|line)\\b[ :.]*(?:number|no\\.?|#)?[ :.]*(?:is|at|on|to|:)?[ :\\n]*",
                    "(?<![\\w.])[+(]?\\d[\\d ().-]{4,18}\\d(?:x\\d{1,6})?(?!\\w)"),
            rule(
                    PersonalKind.PHONE_NUMBER,
                    "",
                    "(?<![\\w.,/$€£-])\\d{2,5}[ -]\\d{3,4}[ -]?\\d{3,4}(?=-?(?:Office|Fax|Mobile|Home|Cell)|\\s*(?:\\n|$|[?.!](?:\\s|$)))"));

    /** Digits of the shortest numbers that can be mistaken for another kind. */
    private static final int NUMBER = 6;

    private Patterns() {}

    /** A pattern, the character sequences without which it cannot match, and a check of what it matched. */
    private record Rule(
            PersonalKind kind, String hint, Optional<Pattern> before, Pattern pattern, Predicate<MatchResult> check) {
        /** Characters before a match that are looked at. */
        static final int BEFORE = 48;

        boolean applies(String text, Matcher match) {
            if (!check.test(match)) {
                return false;
            }
            if (before.isEmpty()) {
                return true;
            }
            int from = Math.max(0, match.start() - BEFORE);
            var words = before.get().matcher(text).region(from, match.start()).useTransparentBounds(true);
            return words.find();
        }
    }

    private static Rule rule(PersonalKind kind, String hint, String pattern) {
        return rule(kind, hint, pattern, match -> true);
    }

    private static Rule rule(PersonalKind kind, String hint, String pattern, Predicate<MatchResult> check) {
        return new Rule(kind, hint, Optional.empty(), Pattern.compile(pattern), check);
    }

    /** What counts only behind certain words. */
    private static Rule after(PersonalKind kind, String words, String pattern) {
        return new Rule(kind, "", Optional.of(Pattern.compile(words + "$")), Pattern.compile(pattern), match -> true);
    }

    /** All but phone numbers, in the order of their certainty. */
    static void find(Found found, Set<PersonalKind> kinds) {
        RULES.stream().filter(rule -> isNeeded(rule, found, kinds)).forEach(rule -> apply(rule, found));
    }

    static void findPhones(Found found, Set<PersonalKind> kinds) {
        PHONES.stream().filter(rule -> isNeeded(rule, found, kinds)).forEach(rule -> apply(rule, found));
    }

    /** Numbers are looked for even if nobody asks, since one kind is told from another by who finds it first. */
    private static boolean isNeeded(Rule rule, Found found, Set<PersonalKind> kinds) {
        return kinds.contains(rule.kind())
                || switch (rule.kind()) {
                    case AGE, TITLE, DOMAIN_NAME, EMAIL_ADDRESS -> false;
                    default -> found.digits() >= NUMBER;
                };
    }

    private static void apply(Rule rule, Found found) {
        boolean possible = found.digits() >= leastDigits(rule.kind())
                && (rule.hint().isEmpty() || found.text().contains(rule.hint()));
        if (!possible) {
            return;
        }
        var matcher = rule.pattern().matcher(found.text());
        while (matcher.find()) {
            if (rule.applies(found.text(), matcher) && isDialled(rule, matcher)) {
                found.add(rule.kind(), matcher.start(), trimmed(found.text(), matcher.end(), rule.kind()));
            }
        }
    }

    /** Digits without which there can be none of a kind; most texts need not be searched for most kinds. */
    private static int leastDigits(PersonalKind kind) {
        return switch (kind) {
            case CREDIT_CARD -> 12;
            case US_SSN -> 9;
            case PHONE_NUMBER -> 7;
            case IBAN_CODE, US_DRIVER_LICENSE -> 3;
            case AGE -> 1;
            default -> 0;
        };
    }

    /** A telephone number has 7 to 15 digits (ITU E.164) and no decimal point between two amounts. */
    private static boolean isDialled(Rule rule, Matcher match) {
        if (rule.kind() != PersonalKind.PHONE_NUMBER) {
            return true;
        }
        var number = match.group();
        long digits = number.chars().filter(Character::isDigit).count();
        return digits >= 7 && digits <= 19 && !AMOUNT.matcher(number).matches();
    }

    /** Punctuation that ends the sentence is no part of an address; an abbreviation's full stop is part of a title. */
    private static int trimmed(String text, int end, PersonalKind kind) {
        int trimmed = end;
        while (trimmed > 0 && kind != PersonalKind.TITLE && ",;:!?.".indexOf(text.charAt(trimmed - 1)) >= 0) {
            trimmed--;
        }
        return trimmed;
    }
}
