/** The training step of each method, one file each, reading like its paper: full, LoRA, QLoRA, prompt tuning. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.method;
