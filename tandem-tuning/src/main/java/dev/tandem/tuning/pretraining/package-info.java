/** A language model from nothing: its tokenizer from texts, and random weights to train. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.pretraining;
