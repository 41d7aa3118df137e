package dev.tandem.decoder.chat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the owning thread is asked to do. */
sealed interface Work permits ChatJob, Work.Change {
    /**
     * A change of what is loaded, made between batches.
     *
     * @param adapter its name
     * @param folder where it is loaded from; none to unload it
     * @param done completed afterwards, with the failure if it failed
     */
    record Change(String adapter, Optional<Path> folder, CompletableFuture<Void> done) implements Work {}
}
