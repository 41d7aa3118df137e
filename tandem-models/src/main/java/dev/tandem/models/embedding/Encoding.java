package dev.tandem.models.embedding;

/**
 * What an encoder makes of one text.
 *
 * @param vector the text's vector, of unit length, {@code dimension} numbers
 * @param tokens the contextual vector of each token, or {@link TokenVectors#NONE} where the model gives none
 */
public record Encoding(float[] vector, TokenVectors tokens) {}
