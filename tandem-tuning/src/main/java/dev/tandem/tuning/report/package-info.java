/** A run as a page to look at: its curves, its samples before and after, its data, its settings. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.report;
