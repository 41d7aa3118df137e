package dev.tandem.tuning.entry;

/**
 * What is wrong with a record.
 *
 * @param line where the record begins, from 1; 0 if the file as a whole is meant
 * @param rule which rule it breaks, in {@code snake_case}; OpenAI's name where OpenAI has the rule
 * @param message what is wrong, without file and line and without a full stop
 */
public record Fault(int line, String rule, String message) {}
