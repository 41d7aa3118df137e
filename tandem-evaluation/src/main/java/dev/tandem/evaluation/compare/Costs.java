package dev.tandem.evaluation.compare;

import java.util.Optional;

/**
 * What an approach costs; empty is what is not known.
 *
 * @param perQuery US dollars a query
 * @param setUp US dollars once
 * @param monthly US dollars a month, at the number of queries that the comparison is made for
 * @param buildHours until it is ready, in hours
 */
public record Costs(
        Optional<Amount> perQuery, Optional<Amount> setUp, Optional<Amount> monthly, Optional<Amount> buildHours) {
    public static final Costs UNKNOWN =
            new Costs(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
