package dev.tandem.tuning.entry;

import java.io.IOException;
import java.io.Reader;

/** Fails where one record goes on for too long, before it fills the memory. For one thread. */
final class BoundedReader extends Reader {
    /** Characters of a record: with its copies while it is parsed, what half a gigabyte of heap can hold. */
    static final int MOST = 32 << 20;

    private final Reader in;
    private long since;

    BoundedReader(Reader in) {
        this.in = in;
    }

    /** A new record begins, give or take what was read ahead. */
    void begin() {
        since = 0;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        since += Math.max(0, read);
        if (since > MOST) {
            throw new TooLongException();
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** A record is longer than {@link #MOST}. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("longer than " + (MOST >> 20) + " million characters");
        }
    }
}
