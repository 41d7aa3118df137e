package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.index.PassageIndex;

/**
 * How telling a word is: {@code ln(1 + (N - n + 0.5) / (n + 0.5))} for N passages of which n contain it (Robertson and
 * Spärck Jones). In an index of fewer than {@value #LEAST} passages N counts as that many: too few passages say little
 * about how common a word is.
 */
public final class InverseFrequency {
    private static final int LEAST = 1_000;

    private final PassageIndex.Snapshot snapshot;
    private final int passages;

    private InverseFrequency(PassageIndex.Snapshot snapshot) {
        this.snapshot = snapshot;
        this.passages = Math.max(LEAST, snapshot.passageCount());
    }

    /** Frequencies in a snapshot, which must stay open as long as this is used. */
    public static InverseFrequency of(PassageIndex.Snapshot snapshot) {
        return new InverseFrequency(snapshot);
    }

    /** The inverse frequency of a stem, positive. */
    public double of(String stem) {
        int containing = snapshot.passagesContaining(stem);
        return Math.log(1 + (passages - containing + 0.5) / (containing + 0.5));
    }
}
