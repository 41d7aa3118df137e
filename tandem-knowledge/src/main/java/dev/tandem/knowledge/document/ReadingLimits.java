package dev.tandem.knowledge.document;

import java.time.Duration;

/**
 * How much a single file may cost.
 *
 * @param fileBytes the largest file that is read
 * @param characters the longest text that is taken from a file
 * @param time how long a file may take to parse
 * @param workerMegabytes the heap of the process in which PDF and Office files are parsed
 */
public record ReadingLimits(long fileBytes, int characters, Duration time, int workerMegabytes) {
    /** 100 MB, 10 million characters, a minute, half a gigabyte. */
    public static final ReadingLimits DEFAULT = new ReadingLimits(100L << 20, 10_000_000, Duration.ofSeconds(60), 512);
}
