/** Test collections on disk: BEIR folders, and TREC judgement and run files. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.testset;
