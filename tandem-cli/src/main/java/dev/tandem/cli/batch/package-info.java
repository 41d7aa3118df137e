/** Questions from a file to answers in a file, a line each. */
@org.jspecify.annotations.NullMarked
package dev.tandem.cli.batch;
