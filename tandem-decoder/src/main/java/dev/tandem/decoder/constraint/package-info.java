/**
 * Output that a JSON Schema holds for. A schema becomes a {@code Grammar}: rules over the bytes of JSON text that call each
 * other. A lazy automaton reads bytes and remembers which rules it is in; over the trie of all tokens it says which of them may
 * come next ({@code Constraint}), and the others lose their logits. What regular expressions can say (strings, numbers,
 * lists of values) is made of Lucene's automata.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.decoder.constraint;
