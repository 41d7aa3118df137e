package dev.tandem.evaluation.testset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.foundation.MendableException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The lines of a UTF-8 file that are not blank, one at a time in bounded memory, with where they stand; a byte order mark
 * and the carriage return of a Windows line end are left out. Closed by who opened it; for one thread.
 */
public final class NumberedLines implements AutoCloseable {
    static final int LONGEST_LINE = 16 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final InputStream bytes;
    private long number;

    /** @throws MendableException when the file cannot be opened */
    public NumberedLines(Path file) {
        this.file = file;
        try {
            this.bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        } catch (IOException cause) {
            throw new MendableException("Cannot read " + file + ": check that the file exists and may be read.", cause);
        }
    }

    /**
     * The next line that is not blank.
     *
     * @throws MendableException for a line that is too long or no UTF-8; the next call goes on behind it
     */
    public Optional<String> next() {
        for (Optional<String> line = nextLine(); line.isPresent(); line = nextLine()) {
            if (!line.get().isBlank()) {
                return line;
            }
        }
        return Optional.empty();
    }

    /** The line last read, counted from 1, blank lines included. */
    public long number() {
        return number;
    }

    /** An error of the line last read: what is wrong with it, and how to mend it. */
    public MendableException error(String problem, String mend) {
        return new MendableException(file + ", line " + number + ": " + problem + "; " + mend + ".");
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private Optional<String> nextLine() {
        try {
            int next = bytes.read();
            if (next < 0) {
                return Optional.empty();
            }
            number++;
            ByteArrayOutputStream line = new ByteArrayOutputStream(256);
            for (; next >= 0 && next != '\n'; next = bytes.read()) {
                if (line.size() == LONGEST_LINE) {
                    skipLine();
                    throw error("the line is longer than 16 MiB", "put one record on each line");
                }
                line.write(next);
            }
            return Optional.of(decode(line.toByteArray()));
        } catch (CharacterCodingException cause) {
            throw error("the line is not UTF-8 text", "save the file as UTF-8");
        } catch (IOException cause) {
            throw new MendableException("Cannot read " + file + " beyond line " + number + ": check the disk.", cause);
        }
    }

    /** So that whoever goes on after the error goes on with the next line. */
    private void skipLine() throws IOException {
        for (int next = bytes.read(); next >= 0 && next != '\n'; ) {
            next = bytes.read();
        }
    }

    private String decode(byte[] line) throws CharacterCodingException {
        int length = line.length;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        String text =
                UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
        return number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
