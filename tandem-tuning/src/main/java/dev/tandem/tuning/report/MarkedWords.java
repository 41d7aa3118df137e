package dev.tandem.tuning.report;

import dev.tandem.foundation.page.Page;
import java.util.HashMap;
import java.util.Locale;
import java.util.regex.Pattern;

/** An answer whose words are marked where another has them too, each as often as that one has it. */
final class MarkedWords {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private MarkedWords() {}

    /** As HTML; an answer that is empty says so. */
    static String html(String answer, String expected) {
        if (answer.isBlank()) {
            return "<i>nothing</i>";
        }
        var left = new HashMap<String, Integer>();
        WORD.matcher(expected)
                .results()
                .forEach(word -> left.merge(word.group().toLowerCase(Locale.ROOT), 1, Integer::sum));
        var html = new StringBuilder();
        int at = 0;
        var words = WORD.matcher(answer);
        while (words.find()) {
            html.append(Page.escaped(answer.substring(at, words.start())));
            var word = Page.escaped(words.group());
            boolean has = left.merge(words.group().toLowerCase(Locale.ROOT), -1, Integer::sum) >= 0;
            html.append(has ? "<span class=\"hit\">" + word + "</span>" : word);
            at = words.end();
        }
        return html.append(Page.escaped(answer.substring(at))).toString();
    }
}
