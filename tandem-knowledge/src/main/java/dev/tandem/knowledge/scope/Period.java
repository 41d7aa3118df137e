package dev.tandem.knowledge.scope;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A time that documents are from.
 *
 * @param from the first day, {@link LocalDate#MIN} for none
 * @param to the last day, {@link LocalDate#MAX} for none
 * @param year the year, where the period is one: a title may name it
 * @param words how many words of the question it takes
 */
record Period(LocalDate from, LocalDate to, OptionalInt year, int words) {
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

    /** What a word before a period makes of it. */
    enum Bound {
        SINCE,
        AFTER,
        BEFORE,
        UNTIL;

        static Optional<Bound> of(String form) {
            return switch (form) {
                case "since" -> Optional.of(SINCE);
                case "after" -> Optional.of(AFTER);
                case "before" -> Optional.of(BEFORE);
                case "until" -> Optional.of(UNTIL);
                default -> Optional.empty();
            };
        }
    }

    /** The period that begins with a word: a year, a month of a year, or a day as 2025-03-01; 2025-02-30 is its year. */
    static Optional<Period> at(List<Word> words, int i) {
        if (i < 0 || i >= words.size()) {
            return Optional.empty();
        }
        var year = year(words.get(i));
        if (year.isPresent()) {
            var day = day(words, i, year.getAsInt());
            return day.isPresent()
                    ? day
                    : Optional.of(new Period(
                            LocalDate.of(year.getAsInt(), 1, 1), LocalDate.of(year.getAsInt(), 12, 31), year, 1));
        }
        int month = MONTHS.indexOf(words.get(i).written().toLowerCase(Locale.ROOT)) + 1;
        if (month == 0 || i + 1 == words.size() || words.get(i + 1).parted()) {
            return Optional.empty();
        }
        var of = year(words.get(i + 1));
        if (of.isEmpty()) {
            return Optional.empty();
        }
        var days = YearMonth.of(of.getAsInt(), month);
        return Optional.of(new Period(days.atDay(1), days.atEndOfMonth(), OptionalInt.empty(), 2));
    }

    private static Optional<Period> day(List<Word> words, int i, int year) {
        if (i + 2 >= words.size()
                || words.get(i + 1).start() != words.get(i).end() + 1
                || words.get(i + 2).start() != words.get(i + 1).end() + 1
                || !words.get(i + 1).form().matches("\\d{2}")
                || !words.get(i + 2).form().matches("\\d{2}")) {
            return Optional.empty();
        }
        try {
            var day = LocalDate.of(
                    year,
                    Integer.parseInt(words.get(i + 1).form()),
                    Integer.parseInt(words.get(i + 2).form()));
            return Optional.of(new Period(day, day, OptionalInt.empty(), 3));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    /** From a year of our time: other numbers count things. */
    private static OptionalInt year(Word word) {
        return word.form().matches("(19|20)\\d\\d")
                ? OptionalInt.of(Integer.parseInt(word.form()))
                : OptionalInt.empty();
    }

    Period bounded(Bound bound) {
        return switch (bound) {
            case SINCE -> new Period(from, LocalDate.MAX, OptionalInt.empty(), words);
            case AFTER -> new Period(to.plusDays(1), LocalDate.MAX, OptionalInt.empty(), words);
            case BEFORE -> new Period(LocalDate.MIN, from.minusDays(1), OptionalInt.empty(), words);
            case UNTIL -> new Period(LocalDate.MIN, to, OptionalInt.empty(), words);
        };
    }

    /** For people: its year, or its days. */
    String written() {
        if (year.isPresent()) {
            return Integer.toString(year.getAsInt());
        }
        if (from.equals(LocalDate.MIN)) {
            return "until " + to;
        }
        return to.equals(LocalDate.MAX) ? "since " + from : from.equals(to) ? from.toString() : from + " to " + to;
    }
}
