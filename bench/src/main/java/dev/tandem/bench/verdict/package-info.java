/** Reports drawn from a known truth, and what verdicts make of them. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench.verdict;
