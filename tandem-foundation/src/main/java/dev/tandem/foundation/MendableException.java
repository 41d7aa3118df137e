package dev.tandem.foundation;

import org.jspecify.annotations.Nullable;

/**
 * Something went wrong that the user can mend: the message is one clear sentence that says what happened, where (file,
 * line, key) and what to do. The edges print it without a stack trace; any other exception is a bug and shows itself.
 */
public final class MendableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MendableException(String message) {
        super(message);
    }

    public MendableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
