/** Where runs are kept: one SQLite file, an example written as soon as it is measured, so that a run that was stopped goes on. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.store;
