/** Adapters in Hugging Face PEFT's format: read, written, attached, merged into the base, exported. */
@org.jspecify.annotations.NullMarked
package dev.tandem.decoder.adapter;
