package dev.tandem.evaluation.cost;

import java.time.LocalDate;

/**
 * One price of a book.
 *
 * @param amount in the book's currency, for one unit of {@link PriceName#unit()}
 * @param date when it was written down or last checked
 * @param source where it is from, for people
 */
public record Price(Range amount, LocalDate date, String source) {}
