/** Training examples as people write them: read, checked, converted and split before anything is trained on them. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.example;
