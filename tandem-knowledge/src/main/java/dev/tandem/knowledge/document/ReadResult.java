package dev.tandem.knowledge.document;

/** What became of reading a file. */
public sealed interface ReadResult {
    /** It was read. */
    record Parsed(Document document) implements ReadResult {}

    /** It was not, for a reason given as the end of a sentence that begins with the file's name. */
    record Skipped(String path, String reason) implements ReadResult {}
}
