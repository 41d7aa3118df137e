package dev.tandem.foundation;

/** Where long work reports how far it is: a bar on a terminal, a stream in the server, nothing in tests. */
@FunctionalInterface
public interface Progress {
    /** The total of a task whose length is not known yet. */
    long UNKNOWN = -1;

    /**
     * Begins a task.
     *
     * @param label what is being done, in the user's words ("Embedding")
     * @param total how many units there are, or {@link #UNKNOWN}
     * @param unit what is counted ("passages")
     */
    Task start(String label, long total, String unit);

    /** Reports nothing. */
    static Progress silent() {
        return (label, total, unit) -> steps -> {};
    }

    /** One running task; may be stepped from any thread, and is closed by who started it. */
    @FunctionalInterface
    interface Task extends AutoCloseable {
        void step(long steps);

        /** Corrects the total once it is known; the default ignores it. */
        default void total(long total) {}

        /** Counts what an earlier process did, before the first step; it is no part of the rate. The default ignores it. */
        default void before(long steps) {}

        /** Says how the work goes, in a few words beside the bar ("loss 1.23"); the default says nothing. */
        default void note(String words) {}

        @Override
        default void close() {}
    }
}
