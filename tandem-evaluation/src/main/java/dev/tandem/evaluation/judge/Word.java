package dev.tandem.evaluation.judge;

import dev.tandem.knowledge.passage.Stems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A word of a text.
 *
 * @param form its stem where it carries a topic, else itself in lower case; equal forms count as the same word
 * @param content whether it carries a topic: not a function word
 * @param start its first char in the text
 * @param end behind its last char
 */
record Word(String form, boolean content, int start, int end) {
    /** Scripts without spaces count each character as a word. */
    private static final String UNSPACED = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}";

    private static final Pattern WORD = Pattern.compile("[" + UNSPACED + "]|\\d+(?:[.,:]\\d+)*|[\\p{L}\\p{M}&&[^"
            + UNSPACED + "]][\\p{L}\\p{M}\\p{N}&&[^" + UNSPACED + "]]*");

    /** The words of a text in order. */
    static List<Word> of(String text) {
        Map<Integer, String> stems = new HashMap<>();
        Stems.of(text).forEach(stem -> stems.put(stem.start(), stem.stem()));
        var words = new ArrayList<Word>();
        var matcher = WORD.matcher(text);
        while (matcher.find()) {
            var stem = stems.get(matcher.start());
            boolean number = Character.isDigit(matcher.group().codePointAt(0));
            var form = stem != null && !number ? stem : matcher.group().toLowerCase(Locale.ROOT);
            // The rest of a clitic ("didn 't", "Ra 's") carries no topic.
            boolean content = number || (stem != null && form.length() > 1);
            words.add(new Word(form, content || isUnspaced(matcher.group()), matcher.start(), matcher.end()));
        }
        return words;
    }

    private static boolean isUnspaced(String word) {
        return Character.isIdeographic(word.codePointAt(0));
    }
}
