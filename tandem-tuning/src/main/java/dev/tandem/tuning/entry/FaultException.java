package dev.tandem.tuning.entry;

import dev.tandem.foundation.MendableException;
import java.nio.file.Path;

/** A record cannot be used. Whoever reads the file collects the fault, or ends with it. */
public final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    public FaultException(int line, String rule, String message) {
        super(message);
        this.fault = new Fault(line, rule, message);
    }

    public Fault fault() {
        return fault;
    }

    /** The fault as a sentence with file and line. */
    public static MendableException mendable(Path file, Fault fault) {
        return new MendableException(
                file + (fault.line() > 0 ? ", line " + fault.line() : "") + ": " + fault.message() + ".");
    }
}
