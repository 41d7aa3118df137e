package dev.tandem.evaluation.metric;

/**
 * A retrieved document and its score; higher is better.
 *
 * @param score finite: NaN and infinities are refused with {@link IllegalArgumentException}, because no order of them is
 *     the right one
 */
public record ScoredDocument(String document, double score) {
    public ScoredDocument {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("The score of document '" + document + "' is " + score);
        }
    }
}
