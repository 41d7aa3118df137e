/**
 * Judges that are language models, by the definitions of Ragas (Es, James, Espinosa-Anke and Schockaert, "Ragas: Automated
 * Evaluation of Retrieval Augmented Generation", EACL 2024; {@code src/ragas/metrics} of its repository, December 2025). What
 * is judged is data, fenced off from the instructions; a reply that cannot be used is never a number.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.judge.llm;
