package dev.tandem.workspace.compare;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An answer with its first whole number changed by rule: the next larger one, for the day of a month the next day, that makes an
 * answer which stands nowhere yet.
 */
record ChangedFact(String before, String after) {
    /** Not a part of a decimal, a time, a date in figures or a word. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\d.,:/-])\\d{1,9}(?![\\p{L}\\d]|[.,:/-]\\d)");

    private static final Pattern MONTH = Pattern.compile(
            "(?i)\\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\\b");

    private static final int DAYS_OF_EVERY_MONTH = 28;
    private static final int TRIES = 20;

    /**
     * Changes the first of some answers that has a number.
     *
     * @param taken whether an answer stands in the documents already
     */
    static Optional<ChangedFact> of(List<String> answers, Predicate<String> taken) {
        return answers.stream()
                .flatMap(answer -> changed(answer, taken).stream())
                .findFirst();
    }

    private static Optional<ChangedFact> changed(String answer, Predicate<String> taken) {
        var number = NUMBER.matcher(answer);
        if (!number.find()) {
            return Optional.empty();
        }
        long value = Long.parseLong(number.group());
        boolean day = value >= 1 && value <= 31 && MONTH.matcher(answer).find();
        for (int i = 0; i < TRIES; i++) {
            value = day ? value % DAYS_OF_EVERY_MONTH + 1 : value + 1;
            var after = answer.substring(0, number.start()) + value + answer.substring(number.end());
            if (!after.equals(answer) && !taken.test(after)) {
                return Optional.of(new ChangedFact(answer, after));
            }
        }
        return Optional.empty();
    }
}
