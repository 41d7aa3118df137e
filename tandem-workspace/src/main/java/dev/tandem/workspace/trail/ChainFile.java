package dev.tandem.workspace.trail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Optional;

/** The file of links. Whoever appends holds the trail's lock. */
final class ChainFile {
    /** Longer than any link but one that removes much; then more is read. */
    private static final int TAIL = 1 << 14;

    private final Path file;

    ChainFile(Path file) {
        this.file = file;
    }

    /**
     * Where the chain ends.
     *
     * @param number of the last link, 0 if there is none
     * @param hash of it
     * @param torn SHA-256 of what follows it and is no link, or empty
     * @param broken whether the file ends with a line break, or is empty
     */
    record End(long number, String hash, String torn, boolean broken) {}

    /** The end, read from the file's last lines. */
    End end() throws IOException {
        if (!Files.exists(file)) {
            return new End(0, Link.NOTHING, "", true);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long length = Math.min(size, TAIL);
            while (true) {
                var end = end(read(channel, size - length, (int) length), length == size);
                if (end.isPresent()) {
                    return end.get();
                }
                length = Math.min(size, length * 8);
            }
        }
    }

    /** Empty where no link is among the bytes and more could be read. */
    private static Optional<End> end(byte[] bytes, boolean all) {
        boolean broken = bytes.length == 0 || bytes[bytes.length - 1] == '\n';
        var behind = new ArrayDeque<String>();
        int to = broken ? bytes.length - 1 : bytes.length;
        while (to >= 0 && bytes.length > 0) {
            int from = to;
            while (from > 0 && bytes[from - 1] != '\n') {
                from--;
            }
            var line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            var link = Link.parse(line);
            if (link.isPresent()) {
                return Optional.of(
                        new End(link.get().number(), link.get().hash(), torn(new ArrayList<>(behind)), broken));
            }
            behind.addFirst(line);
            to = from - 1;
        }
        return all ? Optional.of(new End(0, Link.NOTHING, torn(new ArrayList<>(behind)), broken)) : Optional.empty();
    }

    /** The hash of lines between two links, or empty where there are none but blank ones. */
    static String torn(Iterable<String> lines) {
        var text = String.join("\n", lines).strip();
        return text.isEmpty() ? "" : Sha256.of(text);
    }

    private static byte[] read(FileChannel channel, long from, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                break;
            }
        }
        return bytes.array();
    }

    void append(Link link, End end) throws IOException {
        append(file, (end.broken() ? "" : "\n") + link.line() + "\n");
    }

    /** Appends and waits until it is on the disk. */
    static void append(Path file, String text) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
