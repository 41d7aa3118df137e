/** Training examples into parts that know nothing of each other. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.example.split;
