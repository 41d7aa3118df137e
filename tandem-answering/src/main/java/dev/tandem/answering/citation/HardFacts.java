package dev.tandem.answering.citation;

import dev.tandem.knowledge.passage.Stems;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a sentence cannot be paraphrased: its numbers, dates and names. Two texts' facts compare by equality:
 * {@code 1,200} is {@code 1200}, {@code sixteen} is {@code 16}, {@code 2025-01-09} is {@code 9 January 2025}.
 */
public final class HardFacts {
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final Pattern ISO_DATE = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
    private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("\\d+,\\d{1,2}");
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*");
    /** Numbers that count the parts of a list say nothing of its subject. */
    private static final Pattern LIST_NUMBER =
            Pattern.compile("\\A\\s*(?:[-*•]\\s+)?\\d{1,3}[.)]\\s+|(?<=\\s)\\(?\\d{1,2}\\)\\s+");

    private static final Map<String, Integer> NUMBER_WORDS = Map.ofEntries(
            Map.entry("zero", 0),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("thirteen", 13),
            Map.entry("fourteen", 14),
            Map.entry("fifteen", 15),
            Map.entry("sixteen", 16),
            Map.entry("seventeen", 17),
            Map.entry("eighteen", 18),
            Map.entry("nineteen", 19),
            Map.entry("twenty", 20),
            Map.entry("thirty", 30),
            Map.entry("forty", 40),
            Map.entry("fifty", 50),
            Map.entry("sixty", 60),
            Map.entry("seventy", 70),
            Map.entry("eighty", 80),
            Map.entry("ninety", 90));

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private static final Set<String> SHORT_MONTHS =
            Set.of("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec");

    private HardFacts() {}

    /** Numbers and dates; "one" is left out, because it mostly counts nothing. */
    public static Set<String> numbers(String text) {
        var facts = new HashSet<String>();
        var rest = new StringBuilder();
        var dates = ISO_DATE.matcher(LIST_NUMBER.matcher(text).replaceAll(" "));
        while (dates.find()) {
            facts.add(number(dates.group(1)));
            facts.add("month " + Integer.parseInt(dates.group(2)));
            facts.add(number(dates.group(3)));
            dates.appendReplacement(rest, " ");
        }
        dates.appendTail(rest);
        var numbers = NUMBER.matcher(rest);
        while (numbers.find()) {
            facts.add(number(numbers.group()));
        }
        var words = WORD.matcher(rest);
        while (words.find()) {
            var word = words.group().toLowerCase(Locale.ROOT);
            if (NUMBER_WORDS.containsKey(word)) {
                facts.add(number(String.valueOf(NUMBER_WORDS.get(word))));
            } else if (Character.isUpperCase(words.group().codePointAt(0)) && month(word) > 0) {
                facts.add("month " + month(word));
            }
        }
        return facts;
    }

    /** Stems of words that begin with a capital though no sentence begins with them; not months, which are dates. */
    public static Set<String> names(String sentence) {
        var names = new HashSet<String>();
        var stems = Stems.of(sentence);
        boolean allCapital = true;
        for (var stem : stems) {
            int initial = sentence.codePointAt(stem.start());
            boolean capital = Character.isUpperCase(initial);
            allCapital &= capital || !Character.isLetter(initial);
            var word = sentence.substring(stem.start(), stem.end()).toLowerCase(Locale.ROOT);
            if (capital && !begins(sentence, stem.start()) && month(word) == 0) {
                names.add(stem.stem());
            }
        }
        // A heading in title case names nothing by its capitals.
        return allCapital && stems.size() > 2 ? Set.of() : names;
    }

    /** Whether a word begins a sentence, a list item, or what follows a colon: its capital may be only that. */
    private static boolean begins(String sentence, int at) {
        int before = at - 1;
        while (before >= 0 && " \t\n\"'“‘(*_".indexOf(sentence.charAt(before)) >= 0) {
            before--;
        }
        boolean listNumber =
                before > 0 && sentence.charAt(before) == ')' && Character.isDigit(sentence.charAt(before - 1));
        return before < 0 || listNumber || ".:!?-•|#>".indexOf(sentence.charAt(before)) >= 0;
    }

    private static int month(String word) {
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).equals(word)
                    || (SHORT_MONTHS.contains(word) && MONTHS.get(i).startsWith(word))) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Without thousands separators, leading and trailing zeros; as it stands if it is no plain number (a version). */
    private static String number(String written) {
        var plain = THOUSANDS.matcher(written).matches()
                ? written.replace(",", "")
                : DECIMAL_COMMA.matcher(written).matches() ? written.replace(',', '.') : written;
        try {
            return new BigDecimal(plain).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException e) {
            return plain;
        }
    }
}
