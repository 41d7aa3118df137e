package dev.tandem.evaluation.metric.fact;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a text says against the attributes.
 *
 * @param facts attributes that are to be said
 * @param missing values that are to be said and are not
 * @param added values that are said though they are not to be, or more often than they are to be
 */
public record FactErrors(int facts, List<String> missing, List<String> added) {
    public FactErrors {
        missing = List.copyOf(missing);
        added = List.copyOf(added);
    }

    /** Missing and added ones together. */
    public int count() {
        return missing.size() + added.size();
    }

    /** The slot error rate of Wen et al. (2015): missing and added ones by facts; at least 0, and over 1 where much is added. */
    public double rate() {
        return facts == 0 ? 0 : count() / (double) facts;
    }

    /** Of several texts: its rate weighs each fact alike, not each text. */
    public static FactErrors sum(Collection<FactErrors> all) {
        return new FactErrors(
                all.stream().mapToInt(FactErrors::facts).sum(),
                all.stream().map(FactErrors::missing).flatMap(List::stream).toList(),
                all.stream().map(FactErrors::added).flatMap(List::stream).toList());
    }

    /** For people: what is wrong, or that nothing is. */
    public String sentence() {
        if (count() == 0) {
            return "all " + facts + " facts, none added";
        }
        return String.join(
                "; ",
                Stream.of(said("missing", missing), said("added", added))
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private static String said(String what, List<String> values) {
        return values.isEmpty() ? "" : what + ": " + String.join(", ", values);
    }
}
