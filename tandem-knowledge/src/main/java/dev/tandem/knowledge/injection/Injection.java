package dev.tandem.knowledge.injection;

/**
 * A sentence that seems to be meant for a language model.
 *
 * @param passage the place of its passage in the list that was looked at
 * @param start its first char in the passage's text
 * @param end the char after its last; as {@code start} where it stands in a heading above the passage
 * @param text the sentence
 * @param score how surely, in (0, 1); at least the model's threshold
 */
public record Injection(int passage, int start, int end, String text, double score) {}
