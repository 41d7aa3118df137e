package dev.tandem.evaluation.draft;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Simple signs that a question is no good English, or cannot be understood without the text it was made from. */
final class QuestionCheck {
    private static final int FEWEST_WORDS = 4;
    private static final int MOST_WORDS = 34;
    private static final int LEAST_STEMS = 2;

    private static final Pattern MARKUP = Pattern.compile("[|`*{}<>\\[\\]\\\\_=~^]|https?:|www\\.|\\.\\.\\.|…|\\$\\(");
    private static final Pattern POINTS_ELSEWHERE = Pattern.compile(
            "(?i)\\b(?:it|it's|they|them|he|she|him|this|these|those|here|above|below|following|aforementioned|former|latter|herein|otherwise|following"
                    + "|same|such|said|another|instead|however|nevertheless|meanwhile|thereafter|afterwards|accordingly|example)\\b|\\b(?:new|old|other|right|wrong|good|small|large|first|last|a|the) ones?\\b(?! \\p{Ll})");
    private static final Pattern POSSESSIVE_EARLY = Pattern.compile("(?i)^(?:\\S+ ){1,4}(?:its|their|his|her)\\b");
    private static final Pattern DOUBLED = Pattern.compile("(?i)\\b(\\p{L}+) \\1\\b");
    private static final Set<String> NO_END =
            Set.of("the a an and or but if because that which who of than as with your my our their its to be is are"
                    .split(" ", -1));

    private QuestionCheck() {}

    /** Whether a question may be put to a person. */
    static boolean passes(String question) {
        var body = question.replaceAll("^(?:According to|What (?:does|do)) “[^”]*”,? ?", "")
                .replaceAll("“[^”]*”", "X");
        int words = question.split("\\s+", -1).length;
        if (words < FEWEST_WORDS || words > MOST_WORDS || !question.endsWith("?")) {
            return false;
        }
        if (question.indexOf('?') != question.length() - 1 || !Character.isUpperCase(question.charAt(0))) {
            return false;
        }
        if (MARKUP.matcher(question).find() || DOUBLED.matcher(body).find() || !balanced(question)) {
            return false;
        }
        if (POINTS_ELSEWHERE.matcher(body).find()
                || POSSESSIVE_EARLY.matcher(body).find()) {
            return false;
        }
        var last = body.substring(0, body.length() - 1);
        last = last.substring(last.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
        return !NO_END.contains(last) && Wording.stems(question).size() >= LEAST_STEMS;
    }

    /** Whether an answer can stand alone. */
    static boolean answers(String answer) {
        int words = answer.split("\\s+", -1).length;
        return !answer.isBlank()
                && words <= 40
                && balanced(answer)
                && !answer.endsWith(":")
                && !answer.matches(".*\\bhttps?")
                && answer.codePoints().anyMatch(Character::isLetterOrDigit)
                && !Pattern.compile("[`*{}<>\\[\\]\\\\~^]|:$").matcher(answer).find();
    }

    private static boolean balanced(String text) {
        return count(text, '(') == count(text, ')')
                && count(text, '“') == count(text, '”')
                && count(text, '"') % 2 == 0;
    }

    private static long count(String text, char sign) {
        return text.chars().filter(c -> c == sign).count();
    }
}
