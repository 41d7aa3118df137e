/** Weights as they lie in files and in memory: safetensors and four-bit NormalFloat. */
@org.jspecify.annotations.NullMarked
package dev.tandem.decoder.weights;
