package dev.tandem.workspace.strategy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.index.PassageIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hex of what an answer depends on: equal hashes, equal content, whenever and wherever it was made. */
public final class ContentHash {
    private static final int BUFFER = 1 << 20;

    private ContentHash() {}

    /** Of an index: how it was made, and every document's path and content. */
    static String of(PassageIndex.Snapshot snapshot) {
        var digest = sha256();
        var made = snapshot.description();
        add(digest, made.encoder());
        add(digest, Integer.toString(made.dimension()));
        add(digest, made.splitting());
        for (var document : snapshot.documents()) {
            add(digest, document.path());
            add(digest, document.contentHash());
        }
        return hex(digest);
    }

    /** Of the files that lie in a folder, with their names: a model or an adapter. */
    public static String ofFolder(Path folder) {
        var digest = sha256();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(digest, String.valueOf(file.getFileName()));
                add(digest, file);
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return hex(digest);
    }

    /** Of a file's bytes. */
    public static String ofFile(Path file) {
        var digest = sha256();
        try {
            add(digest, file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return hex(digest);
    }

    /** Of a text. */
    public static String ofText(String text) {
        var digest = sha256();
        add(digest, text);
        return hex(digest);
    }

    private static void add(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (var in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(UTF_8));
        digest.update((byte) 0);
    }

    private static MendableException unreadable(Path path, IOException e) {
        return new MendableException(
                "Cannot read " + path + " (" + e + "): check that it is there and may be read.", e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
