package dev.tandem.foundation.database;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Tables at the newest schema. Safe for use by many threads and processes; one transaction is at work at a time. */
public interface Database {
    /** What talks to it; what goes wrong by this way is the driver's own exception. */
    Jdbi jdbi();

    /** Reads or writes in one transaction, which is on the disk when this returns. */
    <T> T inTransaction(Function<Handle, T> work);

    /** Runs work on the database; what goes wrong with it comes out as a sentence that says how to mend it. */
    <T> T call(Supplier<T> work);

    /** Has what is deleted in this transaction overwritten, where that is the client's to ask for. */
    void overwriteDeleted(Handle transaction);
}
