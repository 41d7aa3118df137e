package dev.tandem.answering.route;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers that are written in words: "two hundred and five", "twenty-two", "1.5 million", "two fifths". */
final class NumberWords {
    private static final List<String> SMALL =
            List.of(("zero one two three four five six seven eight nine ten eleven twelve thirteen"
                            + " fourteen fifteen sixteen seventeen eighteen nineteen")
                    .split(" ", -1));
    private static final List<String> TENS =
            List.of("twenty thirty forty fifty sixty seventy eighty ninety".split(" ", -1));
    private static final Map<String, Integer> SCALES =
            Map.of("hundred", 2, "thousand", 3, "million", 6, "billion", 9, "trillion", 12);
    private static final Map<String, Integer> PARTS = parts();

    private NumberWords() {}

    private static Map<String, Integer> parts() {
        var parts = new HashMap<String, Integer>();
        var names = List.of("third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");
        for (int i = 0; i < names.size(); i++) {
            parts.put(names.get(i), i + 3);
            parts.put(names.get(i) + "s", i + 3);
        }
        parts.put("half", 2);
        parts.put("halves", 2);
        return Map.copyOf(parts);
    }

    /** A text of lower case with each number in words as digits, and each part as a fraction in parentheses. */
    static String digits(String text) {
        var words = List.of(text.replaceAll("(?<=[a-z])-(?=[a-z])", " ").strip().split("\\s+", -1));
        var out = new ArrayList<String>();
        int i = 0;
        while (i < words.size()) {
            var number = number(words, i);
            if (number.isEmpty()) {
                out.add(words.get(i++));
                continue;
            }
            i += number.get().words();
            var written = number.get().value().toPlainString();
            var part = i < words.size() ? PARTS.get(words.get(i)) : null;
            if (part != null) {
                out.add("(" + written + " / " + part + ")");
                i++;
            } else {
                out.add(written);
            }
        }
        return String.join(" ", out);
    }

    private record Read(BigDecimal value, int words) {}

    /** The number that begins with a word, read as far as it goes. */
    private static Optional<Read> number(List<String> words, int from) {
        boolean article = words.get(from).equals("a") || words.get(from).equals("an");
        if (article && (from + 1 == words.size() || !isScaleOrPart(words.get(from + 1)))) {
            return Optional.empty();
        }
        var total = BigDecimal.ZERO;
        var group = article ? BigDecimal.ONE : BigDecimal.ZERO;
        var last = Kind.START;
        int i = article ? from + 1 : from;
        while (i < words.size()) {
            var word = words.get(i);
            boolean and =
                    word.equals("and") && last == Kind.SCALE && i + 1 < words.size() && small(words.get(i + 1)) >= 0;
            if (and) {
                i++;
                continue;
            }
            int small = small(word);
            if (SCALES.containsKey(word) && (last != Kind.START || article)) {
                int zeros = SCALES.getOrDefault(word, 0);
                group = group.signum() == 0 ? BigDecimal.ONE : group;
                if (zeros == 2) {
                    group = group.movePointRight(2);
                } else {
                    total = total.add(group.movePointRight(zeros));
                    group = BigDecimal.ZERO;
                }
                last = Kind.SCALE;
            } else if (small >= 0 && fits(small, last)) {
                group = group.add(BigDecimal.valueOf(small));
                last = small >= 20 ? Kind.TENS : Kind.UNITS;
            } else if (last == Kind.START && word.matches("\\d[\\d,]*(\\.\\d+)?") && isScaleOrPart(next(words, i))) {
                group = new BigDecimal(word.replace(",", ""));
                last = Kind.UNITS;
            } else {
                break;
            }
            i++;
        }
        return i == from || last == Kind.START && !article
                ? Optional.empty()
                : Optional.of(new Read(total.add(group), i - from));
    }

    private enum Kind {
        START,
        UNITS,
        TENS,
        SCALE
    }

    private static boolean fits(int small, Kind last) {
        return last == Kind.START || last == Kind.SCALE || last == Kind.TENS && small > 0 && small < 10;
    }

    private static boolean isScaleOrPart(String word) {
        return SCALES.containsKey(word) || PARTS.containsKey(word);
    }

    private static String next(List<String> words, int i) {
        return i + 1 < words.size() ? words.get(i + 1) : "";
    }

    /** 0 to 19, 20, 30 ... 90; -1 for another word. */
    private static int small(String word) {
        int tens = TENS.indexOf(word);
        return tens >= 0 ? 20 + 10 * tens : SMALL.indexOf(word);
    }
}
