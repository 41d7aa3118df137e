package dev.tandem.answering.citation;

/**
 * What a claim rests on.
 *
 * @param number as it stands in the answer: {@code [1]}
 * @param document the document's path
 * @param location page or headings, for people
 * @param quote exactly as it stands in the passage
 * @param passage the passage's id, {@code document#ordinal}
 */
public record Citation(int number, String document, String location, String quote, String passage) {}
