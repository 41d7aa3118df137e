/** Examples to token batches: files, the loss mask, packing. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.dataset;
