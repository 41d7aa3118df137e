package dev.tandem.evaluation.metric;

import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * How near the meaning of an answer is to the nearest reference, by the cosine of their vectors, in [-1, 1]; 1 for two
 * blank texts, 0 for one. Values of different models cannot be compared, and those of one model are seldom near 0. Both
 * are encoded as passages and cut where the model stops reading. As safe for many threads as the encoder, which stays
 * the caller's.
 */
public record SemanticSimilarity(TextEncoder encoder) {
    /**
     * The value for one answer.
     *
     * @param references at least one
     */
    public double of(String answer, List<String> references) {
        if (answer.isBlank()) {
            return references.stream().anyMatch(String::isBlank) ? 1 : 0;
        }
        var texts = new ArrayList<String>();
        texts.add(answer);
        references.stream().filter(reference -> !reference.isBlank()).forEach(texts::add);
        var encodings = encoder.encodePassages(texts);
        var vector = encodings.getFirst().vector();
        return encodings.stream()
                .skip(1)
                .mapToDouble(encoding -> cosine(vector, encoding.vector()))
                .max()
                .orElse(0);
    }

    /** What a value means, so that two people can tell that they measured the same thing. */
    public String signature() {
        return "similarity|cosine|refs:max|agg:mean|model:" + encoder.id();
    }

    private static double cosine(float[] first, float[] second) {
        double product = 0;
        for (int i = 0; i < first.length; i++) {
            product += (double) first[i] * second[i];
        }
        return Math.clamp(product, -1, 1);
    }
}
