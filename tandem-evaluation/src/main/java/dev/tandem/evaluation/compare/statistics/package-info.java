/**
 * The statistics of comparisons over one test set: intervals, paired tests, the correction for many of them, and how many
 * examples a test needs. Everything is computed from numbers alone, and the same numbers and seed give the same result on every
 * machine. {@link Sample} is what all of it starts from: values whose cases may come in clusters.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.compare.statistics;
