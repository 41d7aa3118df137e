package dev.tandem.knowledge.ingest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What was embedded since the last commit, so that an ingest that is stopped, even by kill -9, never embeds a passage
 * twice: the next one reads the journal of the one before. Deleted once its contents are committed to the index.
 *
 * <p>File format, big-endian, one record after another: {@code "TJ01"}, 16 bytes of content hash, int vector length,
 * floats, int token-vector length, bytes, long CRC-32 of all that stands before it in the record. A record that is cut
 * short or does not match its checksum ends the journal: it and what follows are dropped.
 *
 * <p>Safe for use by many threads.
 */
final class EmbeddingJournal implements AutoCloseable {
    private static final int MAGIC = 0x544A3031;
    private static final int MOST_NUMBERS = 1 << 16;
    private static final int MOST_BYTES = 1 << 28;

    private final Path path;
    private final RandomAccessFile file;
    private final Map<String, Long> offsets = new HashMap<>();
    private long end;

    /** A vector with the compressed token vectors beside it. */
    record Entry(float[] vector, byte[] tokenVectors) {}

    /** Opens the journal at a path, keeping whatever whole records are in it. */
    EmbeddingJournal(Path path) {
        this.path = path;
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            file = new RandomAccessFile(path.toFile(), "rw");
            end = readAll();
            file.setLength(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized Optional<Entry> find(String contentHash) {
        var offset = offsets.get(contentHash);
        if (offset == null) {
            return Optional.empty();
        }
        try {
            file.seek(offset);
            return Optional.of(read(buffered()).entry());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(String contentHash, Entry entry) {
        if (offsets.containsKey(contentHash)) {
            return;
        }
        try {
            file.seek(end);
            var counted = new CheckedBytes();
            try (var out = new DataOutputStream(counted)) {
                out.writeInt(MAGIC);
                out.write(HexFormat.of().parseHex(contentHash));
                out.writeInt(entry.vector().length);
                for (float number : entry.vector()) {
                    out.writeFloat(number);
                }
                out.writeInt(entry.tokenVectors().length);
                out.write(entry.tokenVectors());
                out.writeLong(counted.checksum());
            }
            file.write(counted.toByteArray());
            offsets.put(contentHash, end);
            end = file.getFilePointer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empties the journal: all of it is in the index now. */
    synchronized void clear() {
        try {
            file.setLength(0);
            offsets.clear();
            end = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long readAll() throws IOException {
        long whole = 0;
        file.seek(0);
        var in = buffered();
        while (true) {
            try {
                var entry = read(in);
                offsets.put(entry.contentHash(), whole);
                whole += entry.length();
            } catch (EOFException | BrokenRecordException end) {
                return whole;
            }
        }
    }

    /** Reads from the file's position on; may read ahead, so the position means nothing afterwards. */
    private DataInputStream buffered() {
        return new DataInputStream(new BufferedInputStream(Channels.newInputStream(file.getChannel()), 1 << 16));
    }

    private record Read(String contentHash, Entry entry, long length) {}

    private static Read read(DataInputStream in) throws IOException {
        var counted = new CheckedBytes();
        try (var copy = new DataOutputStream(counted)) {
            copy.writeInt(expect(in.readInt() == MAGIC, MAGIC));
            var hash = new byte[16];
            in.readFully(hash);
            copy.write(hash);
            int numbers = in.readInt();
            expect(numbers >= 0 && numbers <= MOST_NUMBERS, 0);
            copy.writeInt(numbers);
            var vector = new float[numbers];
            for (int i = 0; i < numbers; i++) {
                vector[i] = in.readFloat();
                copy.writeFloat(vector[i]);
            }
            int bytes = in.readInt();
            expect(bytes >= 0 && bytes <= MOST_BYTES, 0);
            copy.writeInt(bytes);
            var tokenVectors = in.readNBytes(bytes);
            expect(tokenVectors.length == bytes, 0);
            copy.write(tokenVectors);
            expect(in.readLong() == counted.checksum(), 0);
            return new Read(HexFormat.of().formatHex(hash), new Entry(vector, tokenVectors), counted.size() + 8L);
        }
    }

    private static int expect(boolean whole, int value) throws BrokenRecordException {
        if (!whole) {
            throw new BrokenRecordException();
        }
        return value;
    }

    @Override
    public synchronized void close() {
        try {
            boolean empty = end == 0;
            file.close();
            if (empty) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class BrokenRecordException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Bytes in memory with their CRC-32. */
    private static final class CheckedBytes extends ByteArrayOutputStream {
        long checksum() {
            var crc = new CRC32();
            crc.update(buf, 0, count);
            return crc.getValue();
        }
    }
}
