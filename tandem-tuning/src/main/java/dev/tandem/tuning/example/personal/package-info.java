/** Personal data in texts: found by patterns, checksums, word lists and what stands around them, without any model. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.example.personal;
