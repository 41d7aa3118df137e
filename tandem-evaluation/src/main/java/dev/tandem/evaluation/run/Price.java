package dev.tandem.evaluation.run;

/**
 * What a language model's tokens cost, in any one currency.
 *
 * @param promptPerMillion a million tokens that it reads
 * @param answerPerMillion a million tokens that it writes
 */
public record Price(double promptPerMillion, double answerPerMillion) {
    public Price {
        if (!(promptPerMillion >= 0) || !(answerPerMillion >= 0)) {
            throw new IllegalArgumentException("Prices are 0 or more: " + promptPerMillion + ", " + answerPerMillion);
        }
    }

    double of(int promptTokens, int answerTokens) {
        return (promptTokens * promptPerMillion + answerTokens * answerPerMillion) / 1e6;
    }
}
