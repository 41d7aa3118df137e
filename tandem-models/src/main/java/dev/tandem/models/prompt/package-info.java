/** A model's tokenizer and its chat template. */
@org.jspecify.annotations.NullMarked
package dev.tandem.models.prompt;
