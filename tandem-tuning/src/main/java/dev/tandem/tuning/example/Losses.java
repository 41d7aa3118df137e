package dev.tandem.tuning.example;

import java.util.LinkedHashSet;
import java.util.Set;

/** What of one example a form cannot hold. For one thread. */
public final class Losses {
    private final Set<String> lost = new LinkedHashSet<>();

    /** Notes something, in words that go on from "lost:"; the same is noted once. */
    void lost(String what) {
        lost.add(what);
    }

    /** All of it, in the order it was met. */
    public Set<String> all() {
        return Set.copyOf(lost);
    }
}
