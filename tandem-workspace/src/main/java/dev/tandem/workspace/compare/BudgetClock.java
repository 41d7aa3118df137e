package dev.tandem.workspace.compare;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Shares what is left of a budget among the steps that are still to come, so that the first does not take all of it. */
final class BudgetClock {
    private final Optional<Long> end;
    private final BooleanSupplier cancelled;
    private int shares;

    /** @param shares of all steps together, at least 1 */
    BudgetClock(Optional<Duration> budget, BooleanSupplier cancelled, int shares) {
        this.end = budget.map(time -> System.nanoTime() + time.toNanos());
        this.cancelled = cancelled;
        this.shares = shares;
    }

    /** When the next step has to stop: asked again and again while it works. What it does not need goes to the others. */
    BooleanSupplier next(int sharesOfStep) {
        if (end.isEmpty()) {
            return cancelled;
        }
        long now = System.nanoTime();
        long own = now + Math.max(0, end.get() - now) / Math.max(1, shares) * sharesOfStep;
        shares -= sharesOfStep;
        return () -> cancelled.getAsBoolean() || System.nanoTime() - own >= 0;
    }

    boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    /** Whether nothing is left. */
    boolean usedUp() {
        return end.isPresent() && System.nanoTime() - end.get() >= 0;
    }
}
