/** The approaches measured on one test set, one after the other, and the verdict on them. */
@org.jspecify.annotations.NullMarked
package dev.tandem.workspace.compare;
