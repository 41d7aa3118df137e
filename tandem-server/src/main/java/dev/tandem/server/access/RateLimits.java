package dev.tandem.server.access;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How often each caller may ask: a bucket a caller that refills evenly and holds a minute's requests at most, and a count of the
 * last day's. Kept in memory: a restart forgives. Safe for use by many threads.
 */
public final class RateLimits {
    private static final double MINUTE = 60e9;
    private static final long DAY = Duration.ofDays(1).toNanos();

    private final int aMinute;
    private final int aDay;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** What a caller has left. */
    private record Bucket(double tokens, long filled, int today, long dayBegan) {}

    /**
     * Limits for each caller.
     *
     * @param aMinute requests a minute; 0 for any number
     * @param aDay requests a day; 0 for any number
     * @param nanoTime the time, as {@link System#nanoTime}
     */
    public RateLimits(int aMinute, int aDay, LongSupplier nanoTime) {
        this.aMinute = aMinute;
        this.aDay = aDay;
        this.nanoTime = nanoTime;
    }

    /** Counts a request; zero if it may be made, else how long to wait before it may. */
    public Duration take(Caller caller) {
        if (aMinute == 0 && aDay == 0) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        var wait = new Duration[] {Duration.ZERO};
        buckets.compute(caller.id(), (id, known) -> {
            var bucket = known == null ? new Bucket(aMinute, now, 0, now) : refilled(known, now);
            wait[0] = wait(bucket, now);
            return wait[0].isZero() ? new Bucket(bucket.tokens - 1, now, bucket.today + 1, bucket.dayBegan) : bucket;
        });
        return wait[0];
    }

    private Bucket refilled(Bucket bucket, long now) {
        boolean anotherDay = now - bucket.dayBegan >= DAY;
        return new Bucket(
                Math.min(aMinute, bucket.tokens + (now - bucket.filled) * (aMinute / MINUTE)),
                now,
                anotherDay ? 0 : bucket.today,
                anotherDay ? now : bucket.dayBegan);
    }

    private Duration wait(Bucket bucket, long now) {
        if (aDay > 0 && bucket.today >= aDay) {
            return Duration.ofNanos(DAY - (now - bucket.dayBegan));
        }
        return aMinute == 0 || bucket.tokens >= 1
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil((1 - bucket.tokens) * (MINUTE / aMinute)));
    }
}
