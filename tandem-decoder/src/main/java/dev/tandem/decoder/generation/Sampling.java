package dev.tandem.decoder.generation;

import dev.tandem.foundation.MendableException;
import java.util.List;

/**
 * How the next token is chosen.
 *
 * @param temperature 0 for the likeliest token always; otherwise logits are divided by it
 * @param topK only the k likeliest tokens, and those as likely as the last of them; 0 for all
 * @param topP only the likeliest tokens that together have this probability; 1 for all (Holtzman et al. 2020)
 * @param minP only tokens with this share of the likeliest one's probability; 0 for all (Nguyen et al. 2024)
 * @param repetitionPenalty what the logits of tokens that were seen are divided by, or multiplied by when negative; 1 for
 *     none (Keskar et al. 2019)
 * @param maxTokens most new tokens
 * @param stops texts at which an answer ends; not part of it
 * @param seed the same seed gives the same answer, whatever else is in the batch
 */
public record Sampling(
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        int maxTokens,
        List<String> stops,
        long seed) {
    /** The likeliest token always. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 1, 256, List.of(), 0);

    public Sampling {
        stops = List.copyOf(stops);
        require(temperature >= 0, "temperature", temperature, "0 or more");
        require(topK >= 0, "top-k", topK, "0 or more");
        require(topP > 0 && topP <= 1, "top-p", topP, "over 0, at most 1");
        require(minP >= 0 && minP < 1, "min-p", minP, "from 0 to under 1");
        require(repetitionPenalty > 0, "repetition-penalty", repetitionPenalty, "over 0");
        require(maxTokens >= 1, "max-tokens", maxTokens, "at least 1");
        if (stops.contains("")) {
            throw new MendableException("A stop must not be empty: it would end every answer at once.");
        }
    }

    private static void require(boolean holds, String name, double value, String expected) {
        if (!holds) {
            throw new MendableException(name + " must be " + expected + ", not " + value + ".");
        }
    }
}
