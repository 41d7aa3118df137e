package dev.tandem.knowledge.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The first 128 bits of SHA-256, in hexadecimal: equal hashes mean equal content. */
public final class ContentHash {
    private static final int BYTES = 16;

    private ContentHash() {}

    static String of(String... parts) {
        var digest = sha256();
        for (var part : parts) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return hex(digest);
    }

    /**
     * Hashes a file's bytes together with what else its document is made from.
     *
     * @param also the text of the metadata sheets above it ({@code DocumentReader.folderMetadataText})
     */
    public static String of(Path file, String also) throws IOException {
        var digest = sha256();
        digest.update(also.getBytes(StandardCharsets.UTF_8));
        try (InputStream in = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return hex(digest);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
