/** The threshold at which questions are declined, fitted to a team's own test set. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.declining;
