package dev.tandem.evaluation.metric.fact;

import dev.tandem.evaluation.metric.LowerCase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Counts slot errors: whether a text says the values that it is to say, each as often as it is given, and no others. After Wen et
 * al. (2015), Semantically Conditioned LSTM-based Natural Language Generation: ERR = (p + q) / N, p missing and q redundant slots of
 * N. Theirs counts slot tokens in delexicalised text; here the text's words are taken for values, the longest value first, and a
 * word belongs to one value only, so that "satellite pro 40" is the name and not the family "satellite pro".
 *
 * <p>A value is said word by word, whatever its case and the marks between its words ("4gb" is "4 gb"; "2.40 kg" is not "2.4 kg"). Not
 * checked are values that no text says so: true, false, yes, no, none, dontcare. Added is what is said more often than it is
 * given, and every other known value that has a digit or several words: a known value of one word, as "good", may be an ordinary
 * word. Immutable.
 */
public final class FactCheck {
    private static final Set<String> UNSAID = Set.of("true", "false", "yes", "no", "none", "dontcare");
    private static final Pattern WORD = Pattern.compile("\\d+(?:[.,]\\d+)*|[\\p{L}\\p{M}]+|[€$£%°]");
    private static final Comparator<List<String>> LONGEST_FIRST = Comparator.comparingInt(
                    (List<String> words) -> -words.size())
            .thenComparing(words -> String.join(" ", words));

    private final Map<String, List<List<String>>> known = new HashMap<>();

    /** @param values known of all products: those of others than the text's are recognised as added */
    public FactCheck(Collection<String> values) {
        var distinct = new HashSet<List<String>>();
        values.stream().map(FactCheck::words).filter(FactCheck::isDistinct).forEach(distinct::add);
        distinct.forEach(words -> known.computeIfAbsent(words.getFirst(), first -> new ArrayList<>())
                .add(words));
    }

    /** Knows the values of sheets, and their names. */
    public static FactCheck of(Collection<AttributeSheet> sheets) {
        return new FactCheck(sheets.stream()
                .flatMap(sheet -> Stream.concat(Stream.of(sheet.name()), sheet.values().stream()))
                .toList());
    }

    /** Whether a value is one that a text says word by word. */
    public static boolean isChecked(String value) {
        var words = words(value);
        return !words.isEmpty() && !UNSAID.contains(String.join(" ", words));
    }

    /**
     * Checks a text.
     *
     * @param values that it is to say; one that comes twice is to be said twice
     */
    public FactErrors errors(String text, Collection<String> values) {
        var given = new LinkedHashMap<List<String>, Integer>();
        values.stream().filter(FactCheck::isChecked).forEach(value -> given.merge(words(value), 1, Integer::sum));
        var words = new ArrayList<>(words(text));
        var candidates = new HashSet<>(given.keySet());
        words.stream().distinct().forEach(word -> candidates.addAll(known.getOrDefault(word, List.of())));
        var missing = new ArrayList<String>();
        var added = new ArrayList<String>();
        for (var value : candidates.stream().sorted(LONGEST_FIRST).toList()) {
            int wanted = given.getOrDefault(value, 0);
            int said = take(words, value);
            var shown = String.join(" ", value);
            for (int i = said; i < wanted; i++) {
                missing.add(shown);
            }
            for (int i = wanted; i < said; i++) {
                added.add(shown);
            }
        }
        return new FactErrors(
                given.values().stream().mapToInt(Integer::intValue).sum(), missing, added);
    }

    /** Takes every occurrence out of the words, so that no shorter value is found in it; how many there were. */
    private static int take(List<String> words, List<String> value) {
        int taken = 0;
        for (int at = 0; at + value.size() <= words.size(); at++) {
            var here = words.subList(at, at + value.size());
            if (here.equals(value)) {
                here.replaceAll(word -> "");
                taken++;
            }
        }
        return taken;
    }

    private static boolean isDistinct(List<String> words) {
        return words.size() > 1
                || words.size() == 1 && Character.isDigit(words.getFirst().charAt(0));
    }

    private static List<String> words(String text) {
        return WORD.matcher(LowerCase.of(text))
                .results()
                .map(match -> match.group())
                .toList();
    }
}
