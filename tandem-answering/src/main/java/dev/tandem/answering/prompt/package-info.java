/**
 * A question and its passages to the prompt of a language model: numbered, free of repetition, fenced off as data, and
 * never longer than the model's token budget.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.answering.prompt;
