/** The shipped sample, ingested and asked. */
@org.jspecify.annotations.NullMarked
package dev.tandem.cli.demo;
