package dev.tandem.evaluation.testset;

import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.Optional;

/** A corpus read from its first document to its last, one at a time. Closed by who opened it; for one thread. */
public final class TestDocuments implements AutoCloseable {
    private final JsonRecords records;

    TestDocuments(Path file) {
        this.records = new JsonRecords(file);
    }

    /**
     * The next document, or empty at the end.
     *
     * @throws MendableException when the record is malformed or its id came before
     */
    public Optional<TestDocument> next() {
        return records.next()
                .map(fields -> new TestDocument(fields.id(), fields.orEmpty("title"), fields.required("text")));
    }

    @Override
    public void close() {
        records.close();
    }
}
