/** A file of answers judged line by line: what is wrong with a line is said, and never ends the run. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.judge.run;
