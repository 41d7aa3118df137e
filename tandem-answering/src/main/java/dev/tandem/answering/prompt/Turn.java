package dev.tandem.answering.prompt;

/**
 * A question of the same conversation with its answer.
 *
 * @param question as the user asked it
 * @param answer its text as the user saw it
 */
public record Turn(String question, String answer) {}
