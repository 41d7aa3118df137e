/** Questions looked through by a person at a terminal. */
@org.jspecify.annotations.NullMarked
package dev.tandem.cli.review;
