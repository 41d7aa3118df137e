package dev.tandem.decoder.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Which adapter each row of a batch goes through. */
public sealed interface Routing {
    /** None: the base model as it is. */
    Routing BASE = new Base();

    /** No adapter. */
    record Base() implements Routing {}

    /**
     * One adapter for all rows.
     *
     * @param dropoutSeed given while training: seeds the dropout masks, so that a block that is run again drops the same
     */
    record One(String adapter, OptionalLong dropoutSeed) implements Routing {}

    /** An adapter, or none, for each row of the batch. */
    record PerRow(List<Optional<String>> adapters) implements Routing {
        public PerRow {
            adapters = List.copyOf(adapters);
        }
    }

    /** One adapter for all rows, not training. */
    static Routing through(String adapter) {
        return new One(adapter, OptionalLong.empty());
    }
}
