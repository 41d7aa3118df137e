/** A question to an answer: quoted from the passages, or written by a language model from them. */
@org.jspecify.annotations.NullMarked
package dev.tandem.answering.answer;
