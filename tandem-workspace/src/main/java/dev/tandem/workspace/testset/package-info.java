/** A workspace's test set: drafted from its documents, checked against them and against training data. */
@org.jspecify.annotations.NullMarked
package dev.tandem.workspace.testset;
