package dev.tandem.tuning.entry;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A text file: UTF-8, or UTF-16 where a byte order mark says so, or the encoding that the user names. */
record TextFile(Path file, Optional<Charset> named) {
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] LITTLE_ENDIAN_MARK = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] BIG_ENDIAN_MARK = {(byte) 0xFE, (byte) 0xFF};

    /** Opens it; the progress is stepped by bytes. */
    BoundedReader open(Progress.Task progress) throws IOException {
        var head = head(file, 64);
        var marked = marked(head);
        var charset = named.orElse(marked.orElse(StandardCharsets.UTF_8));
        if (named.isEmpty() && marked.isEmpty()) {
            refuseOther(head);
        }
        var in = new BufferedInputStream(new Counted(Files.newInputStream(file), progress), 1 << 16);
        // A named encoding does not make a mark part of the text.
        if (marked.filter(charset::equals).isPresent()) {
            in.skipNBytes(charset.equals(StandardCharsets.UTF_8) ? UTF_8_MARK.length : BIG_ENDIAN_MARK.length);
        }
        // A decoder of its own reports what is malformed, where a charset would put a replacement in its place.
        return new BoundedReader(new InputStreamReader(in, charset.newDecoder()));
    }

    static byte[] head(Path file, int most) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        }
    }

    private static Optional<Charset> marked(byte[] head) {
        return startsWith(head, UTF_8_MARK)
                ? Optional.of(StandardCharsets.UTF_8)
                : startsWith(head, LITTLE_ENDIAN_MARK)
                        ? Optional.of(StandardCharsets.UTF_16LE)
                        : startsWith(head, BIG_ENDIAN_MARK) ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    private void refuseOther(byte[] head) {
        if (startsWith(head, new byte[] {0x1F, (byte) 0x8B})) {
            throw new MendableException(file + " is compressed with gzip: unpack it first, as with gunzip.");
        }
        if (startsWith(head, new byte[] {'P', 'K', 3, 4})) {
            throw new MendableException(
                    file + " is a zip file or a spreadsheet: unpack it, or save the sheet as CSV in UTF-8.");
        }
        int zero = 0;
        while (zero < head.length && head[zero] != 0) {
            zero++;
        }
        if (zero < head.length) {
            boolean wide = head.length >= 4 && head.length % 2 == 0 && zeros(head) * 3 >= head.length;
            throw new MendableException(
                    wide
                            ? file + " is UTF-16 without a byte order mark: "
                                    + mend(zero % 2 == 1 ? "UTF-16LE" : "UTF-16BE")
                            : file + " is not text: give JSON, JSON lines, CSV, TSV or Parquet.");
        }
    }

    private static String mend(String encoding) {
        return "save it as UTF-8, or let tandem dataset convert (or collect) read it with --encoding " + encoding + ".";
    }

    private static int zeros(byte[] head) {
        int count = 0;
        for (byte each : head) {
            count += each == 0 ? 1 : 0;
        }
        return count;
    }

    static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(Arrays.copyOf(bytes, prefix.length), prefix);
    }

    /** What to say of a file that could not be read to its end. */
    MendableException unreadable(IOException e) {
        if (e instanceof CharacterCodingException) {
            try {
                return malformed();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
        }
        return new MendableException("Cannot read " + file + ": check that it is a file that you may read.", e);
    }

    /** Looks for the first bytes that the encoding does not have: decoders do not tell where they failed. */
    private MendableException malformed() throws IOException {
        var charset = named.or(() -> {
                    try {
                        return marked(head(file, 4));
                    } catch (IOException e) {
                        return Optional.empty();
                    }
                })
                .orElse(StandardCharsets.UTF_8);
        var decoder = charset.newDecoder();
        var bytes = ByteBuffer.allocate(1 << 16);
        var chars = CharBuffer.allocate(1 << 16);
        int line = 1;
        boolean ended = false;
        try (var in = Files.newInputStream(file)) {
            while (true) {
                int read = ended ? -1 : in.read(bytes.array(), bytes.position(), bytes.remaining());
                ended = read < 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                var result = decoder.decode(bytes, chars, ended);
                chars.flip();
                line += (int) chars.chars().filter(each -> each == '\n').count();
                chars.clear();
                if (result.isError()) {
                    int bad = Byte.toUnsignedInt(bytes.get(bytes.position()));
                    return malformed(charset, line, bad);
                }
                if (ended) {
                    return new MendableException(file + " is not " + charset + " text: save it as UTF-8.");
                }
                bytes.compact();
            }
        }
    }

    private MendableException malformed(Charset charset, int line, int bad) throws IOException {
        var what = file + ", line " + line + ": the byte 0x"
                + HexFormat.of().withUpperCase().toHexDigits((byte) bad) + " is not " + charset + " text";
        return new MendableException(
                named.isEmpty() && charset.equals(StandardCharsets.UTF_8) && likeWindows()
                        ? what + "; the file looks like Windows-1252: " + mend("windows-1252")
                        : what + ": " + mend("NAME"));
    }

    /** Whether no byte is one that Windows-1252 leaves undefined or that only controls a terminal. */
    private boolean likeWindows() throws IOException {
        var buffer = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    int each = Byte.toUnsignedInt(buffer[i]);
                    if (each == 0x81 || each == 0x8D || each == 0x8F || each == 0x90 || each == 0x9D || each < 9) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Steps a progress by the bytes that are read. */
    private static final class Counted extends FilterInputStream {
        private final Progress.Task progress;

        Counted(InputStream in, Progress.Task progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            progress.step(Math.max(0, read));
            return read;
        }
    }
}
