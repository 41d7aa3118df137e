/** What measuring and fitting the detection of prompt injection share. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench.injection;
