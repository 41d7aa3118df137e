package dev.tandem.evaluation.drift;

import java.util.List;

/**
 * When a stream is looked at, and how sure a look must be. A stream that is tested again and again is found to have drifted sooner or
 * later by chance; so the tests of a stretch share a budget: each is made at {@code falseAlarms} divided by their number (Bonferroni,
 * which holds however much windows overlap and depend on each other). Over a stretch without drift the chance of even one false alarm is
 * at most the budget, as long as blocks of observations are exchangeable: observations near each other may be alike, as the questions of
 * one person are, if a block is some times as long as such a run.
 *
 * @param every how many observations lie between two looks, at least 1
 * @param windows how many of the newest observations a look compares, smallest first: small windows find large drifts soon, large ones
 *     small drifts at all
 * @param block how many observations that follow each other are kept together when a test draws; divides every window
 * @param falseAlarms the budget, in (0, 1)
 * @param stretch how many observations the budget is for
 */
public record LookSchedule(int every, List<Integer> windows, int block, double falseAlarms, int stretch) {
    /** At most 5% false alarms in 2,000 observations; chosen by {@code bench/run QuestionDrift} on BANKING77 and CLINC150. */
    public static final LookSchedule USUAL = new LookSchedule(25, List.of(50, 100, 200), 10, 0.05, 2_000);

    public LookSchedule {
        windows = List.copyOf(windows);
        if (every < 1
                || windows.isEmpty()
                || windows.getFirst() < 2
                || block < 1
                || windows.stream().anyMatch(window -> window % block != 0)
                || !(falseAlarms > 0 && falseAlarms < 1)) {
            throw new IllegalArgumentException("No schedule: every " + every + ", windows " + windows + ", blocks of "
                    + block + ", budget " + falseAlarms);
        }
    }

    /** The level of each test. */
    public double level() {
        return falseAlarms / (Math.ceil((double) stretch / every) * windows.size());
    }

    /** The most observations that a look needs. */
    public int widest() {
        return windows.getLast();
    }

    /** Whether there is a look after so many observations. */
    public boolean looksAt(long observations) {
        return observations >= windows.getFirst() && observations % every == 0;
    }
}
