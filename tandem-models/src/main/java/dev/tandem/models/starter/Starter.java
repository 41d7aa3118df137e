package dev.tandem.models.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A very small language model that comes inside the program, so that a first tuning needs no download; docs/starter.md says
 * how it was made. Its files are resources; {@code starter.json} names them with their SHA-256. Safe for use by many threads
 * and processes.
 */
public final class Starter {
    /** What it is called where a model's folder is asked for. */
    public static final String NAME = "starter";

    private static final String RECORD = "starter.json";

    private final Function<String, Optional<InputStream>> files;

    /** @param files opens one of its files by name; none if there is no such file */
    Starter(Function<String, Optional<InputStream>> files) {
        this.files = files;
    }

    /** The one inside the program. */
    public static Starter bundled() {
        return new Starter(name -> Optional.ofNullable(Starter.class.getResourceAsStream(name)));
    }

    /**
     * Where a user's copy is kept.
     *
     * @param environment {@code XDG_CACHE_HOME} is looked for
     */
    public static Path cache(Map<String, String> environment) {
        var named = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (named.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named))
                .resolve("tandem");
    }

    /**
     * Its folder in Hugging Face's layout, unpacked the first time. Every file is checked against its hash each time; one
     * that is missing or damaged is written anew.
     *
     * @param cache where the folder is or will be; another model's is another folder
     * @throws MendableException if the folder cannot be written to
     */
    public Path folder(Path cache) {
        var record = bytes(RECORD);
        var folder = cache.resolve(NAME + "-" + hash(record).substring(0, 12));
        try {
            Files.createDirectories(folder);
            for (var expected : hashes(record).entrySet()) {
                var file = folder.resolve(expected.getKey());
                if (!Files.isRegularFile(file)
                        || !hash(Files.readAllBytes(file)).equals(expected.getValue())) {
                    unpack(file, expected.getValue());
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new MendableException(folder + " is no folder: move it away.", e);
        } catch (IOException e) {
            throw new MendableException(
                    "The starter model cannot be unpacked to " + folder + " (" + e.getMessage()
                            + "): free some space, or set XDG_CACHE_HOME to a folder that can be written to.",
                    e);
        }
        return folder;
    }

    /** Beside its place first, so that nobody reads half a file. */
    private void unpack(Path file, String expected) throws IOException {
        var bytes = bytes(file.getFileName().toString());
        if (!hash(bytes).equals(expected)) {
            throw new MendableException("The starter's " + file.getFileName() + " in this build is not what " + RECORD
                    + " says: build Tandem anew.");
        }
        var part = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private byte[] bytes(String name) {
        try (var in = files.apply(name)
                .orElseThrow(() -> new MendableException(
                        "The starter's " + name + " is not in this build of Tandem: build it anew."))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new MendableException("The starter's " + name + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Map<String, String> hashes(byte[] record) throws IOException {
        JsonNode json = new ObjectMapper().readTree(record);
        var hashes = new LinkedHashMap<String, String>();
        json.path("sha256")
                .properties()
                .forEach(entry -> hashes.put(entry.getKey(), entry.getValue().asText()));
        return hashes;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
