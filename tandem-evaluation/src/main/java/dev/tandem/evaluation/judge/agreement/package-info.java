/** How far a judge agrees with people: its scores or preferences beside labels, with intervals. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.judge.agreement;
