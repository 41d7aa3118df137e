package dev.tandem.knowledge.document;

/** A file cannot be read; the message ends a sentence that begins with the file's name. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnreadableException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
