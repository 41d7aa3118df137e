package dev.tandem.workspace.trail;

import java.time.Instant;
import java.util.Optional;

/**
 * A link of the trail with what it stands for.
 *
 * @param number its place, from 1
 * @param time when it was made
 * @param kind {@code answer}, {@code erasure} or {@code retention}
 * @param entry of an answer, unless it was removed
 * @param removed how many answers' contents an erasure or the retention removed
 * @param hash of the link
 */
public record TrailRecord(
        long number, Instant time, String kind, Optional<TrailEntry> entry, int removed, String hash) {}
