/** Test sets on disk: a team's own questions, BEIR folders, TREC judgement and run files, predictions beside references. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.testset;
