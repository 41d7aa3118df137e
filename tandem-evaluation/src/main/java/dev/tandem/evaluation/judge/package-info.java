/**
 * Judges of answers: is what an answer says in its context, does it answer, does the context bear on the question.
 * {@code Judge} is the face; the embedded judge needs no language model and no key.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.judge;
