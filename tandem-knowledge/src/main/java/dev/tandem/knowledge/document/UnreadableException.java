package dev.tandem.knowledge.document;

/** A file cannot be read; the message ends a sentence that begins with the file's name. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    static final String ENCRYPTED = "is encrypted: remove its password first";

    private final String reason;

    UnreadableException(String reason) {
        super(reason);
        this.reason = reason;
    }

    static UnreadableException tooLong(int characters) {
        return new UnreadableException("has more than the limit of " + characters + " characters");
    }

    String reason() {
        return reason;
    }
}
