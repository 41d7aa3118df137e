/** Files of records in any usual format, as JSON objects with their lines: JSON, JSON lines, delimited text, Parquet. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.entry;
