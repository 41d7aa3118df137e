package dev.tandem.evaluation.metric.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How BLEU cuts a text into words, as sacrebleu's tokenizers of the same names do. */
public enum BleuTokenizer {
    /** That of WMT's mteval-v13a: for languages that put spaces between words. The default. */
    V13A("13a") {
        @Override
        List<String> words(String text) {
            String line = text.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
            if (line.indexOf('&') >= 0) {
                line = line.replace("&quot;", "\"")
                        .replace("&amp;", "&")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">");
            }
            line = MARK.matcher(' ' + line + ' ').replaceAll(" $1 ");
            line = POINT_AFTER_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
            line = POINT_BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
            line = DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
            return Whitespace.split(line);
        }
    },

    /** That of mteval-v14: all of Unicode's punctuation and symbols. */
    INTERNATIONAL("intl") {
        @Override
        List<String> words(String text) {
            String line = PUNCTUATION_AFTER_NO_NUMBER.matcher(text).replaceAll("$1 $2 ");
            line = PUNCTUATION_BEFORE_NO_NUMBER.matcher(line).replaceAll(" $1 $2");
            return Whitespace.split(SYMBOL.matcher(line).replaceAll(" $1 "));
        }
    },

    /** Every character is a word: for languages without spaces between words. */
    CHARACTERS("char") {
        @Override
        List<String> words(String text) {
            var words = new ArrayList<String>(text.length());
            Whitespace.without(text).codePoints().forEach(c -> words.add(Character.toString(c)));
            return words;
        }
    },

    /** What stands between spaces: for texts that are cut already. */
    NONE("none") {
        @Override
        List<String> words(String text) {
            return Whitespace.split(text);
        }
    };

    private static final Pattern MARK = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern POINT_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern POINT_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");
    private static final Pattern PUNCTUATION_AFTER_NO_NUMBER = Pattern.compile("(\\P{N})(\\p{P})");
    private static final Pattern PUNCTUATION_BEFORE_NO_NUMBER = Pattern.compile("(\\p{P})(\\P{N})");
    private static final Pattern SYMBOL = Pattern.compile("(\\p{S})");

    private final String label;

    BleuTokenizer(String label) {
        this.label = label;
    }

    /** sacrebleu's name of it. */
    public String label() {
        return label;
    }

    /** The one of that name. */
    public static Optional<BleuTokenizer> named(String label) {
        return Stream.of(values())
                .filter(tokenizer -> tokenizer.label.equals(label))
                .findFirst();
    }

    abstract List<String> words(String text);
}
