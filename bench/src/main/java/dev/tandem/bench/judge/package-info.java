/** Fitting and measuring the embedded judge on human labels. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench.judge;
