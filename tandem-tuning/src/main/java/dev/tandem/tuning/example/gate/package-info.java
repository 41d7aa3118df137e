/** What is wrong with training examples before anything is trained on them, and what of a test set they give away. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.example.gate;
