package dev.tandem.workspace.version;

import dev.tandem.knowledge.document.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The files of one document's versions. Whoever changes them holds the lock of all.
 *
 * @param folder its own
 * @param extension of its files, with the dot, by which parsers know what they are; empty for a name that has none
 */
record VersionFolder(Path folder, String extension) {
    private static final String HISTORY = "history.json";

    /** That of a document, by its path. */
    static VersionFolder of(Path versions, String path) {
        var digest = HexFormat.of().formatHex(sha256().digest(path.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        var extension = Format.of(path).isPresent()
                ? path.substring(path.lastIndexOf('.')).toLowerCase(Locale.ROOT)
                : "";
        return new VersionFolder(versions.resolve(digest), extension);
    }

    Optional<VersionHistory> history() throws IOException {
        return HistoryFile.read(folder.resolve(HISTORY));
    }

    void write(VersionHistory history) throws IOException {
        Files.createDirectories(folder);
        HistoryFile.write(folder.resolve(HISTORY), history);
    }

    Path file(int number) {
        return folder.resolve(number + extension);
    }

    /** Keeps a file's content as a version; it is on the disk when this returns. */
    void keep(int number, Path content) throws IOException {
        Files.createDirectories(folder);
        var part = folder.resolve(number + ".part");
        try (var in = Files.newInputStream(content)) {
            copy(in, part);
        }
        Files.move(part, file(number), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the files of versions that a history does not keep. */
    void removeOthers(VersionHistory history) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                boolean kept = file.endsWith(HISTORY)
                        || history.earlier().stream().anyMatch(each -> file.equals(file(each.number())));
                if (!kept) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    void removeAll() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Copies to a file that is on the disk when this returns. @return its SHA-256 */
    static String copy(InputStream content, Path file) throws IOException {
        try (var in = new DigestInputStream(content, sha256());
                var channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            in.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    static String hash(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), sha256())) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
