/**
 * The audit trail: who asked what and when, and what was answered from which sources, so kept that no record can be
 * changed, left out or put elsewhere without {@code tandem trail verify} saying so.
 *
 * <p>The chain, {@code chain.jsonl}, is only ever appended to. A link holds no personal content: its number, its time, the
 * hash of the link before, and a commitment, which is the SHA-256 of a random salt and the content. Contents lie apart, in
 * {@code contents-YYYY-MM.jsonl}, each with its salt. Erasing a person takes content and salt away, after which nobody can
 * tell, or test by guessing, what the commitment was of, while the chain stays whole; the erasure is a link itself.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.workspace.trail;
