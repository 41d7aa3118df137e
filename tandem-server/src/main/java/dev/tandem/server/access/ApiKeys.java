package dev.tandem.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of a workspace, in its {@code keys.json}, which only its owner can read. A server that runs takes up what another
 * process changed there with the next request. Safe for use by many threads.
 */
public final class ApiKeys {
    /** In the workspace's folder: no ingest makes keys anew. */
    public static final String FILE = "keys.json";

    private static final String PREFIX = "tdm_";
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 24;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path file;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private Read read = new Read(List.of(), FileTime.fromMillis(0), -1);

    /** What stood in the file, and by what a change of it is seen. */
    private record Read(List<ApiKey> keys, FileTime changed, long size) {}

    /**
     * A new key.
     *
     * @param key what is kept of it
     * @param secret the key itself, shown once
     */
    public record Created(ApiKey key, String secret) {}

    public ApiKeys(Path workspace, Clock clock) {
        this.file = workspace.resolve(FILE);
        this.clock = clock;
    }

    /** All keys, those that have ended too. */
    public synchronized List<ApiKey> all() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            var changed = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            if (!changed.equals(read.changed) || size != read.size) {
                read = new Read(JSON.readValue(file.toFile(), new TypeReference<>() {}), changed, size);
            }
            return read.keys;
        } catch (JsonProcessingException e) {
            throw new MendableException(
                    file + " is damaged (" + e.getOriginalMessage() + "): restore it, or delete it and make new keys.",
                    e);
        } catch (IOException e) {
            throw new MendableException("Cannot read " + file + " (" + e + "): check who may read it.", e);
        }
    }

    /** Who holds a key; nobody if there is no such key, or it has ended. */
    public Optional<Caller> caller(String secret) {
        var hash = hash(secret);
        var now = clock.instant();
        return all().stream()
                .filter(key -> MessageDigest.isEqual(key.hash().getBytes(UTF_8), hash.getBytes(UTF_8)))
                .filter(key -> key.expires().map(now::isBefore).orElse(true))
                .findFirst()
                .map(ApiKey::caller);
    }

    /**
     * Makes a key.
     *
     * @param life after which it ends by itself
     * @throws MendableException if the name is taken or the file cannot be written
     */
    public synchronized Created create(String name, Role role, Set<String> principals, Optional<Duration> life) {
        if (name.isBlank()) {
            throw new MendableException("A key needs a name: the person or program that holds it.");
        }
        if (all().stream().anyMatch(key -> key.name().equals(name))) {
            throw new MendableException(
                    "There is a key called '" + name + "' already: revoke it, or choose another name.");
        }
        var id = HexFormat.of().formatHex(bytes(ID_BYTES));
        var secret = PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
        var now = clock.instant();
        var key = new ApiKey(id, name, hash(secret), role, principals, now, life.map(now::plus));
        var keys = new ArrayList<>(all());
        keys.add(key);
        write(keys);
        return new Created(key, secret);
    }

    /**
     * Ends a key.
     *
     * @param name its name or id
     * @throws MendableException if there is none
     */
    public synchronized ApiKey revoke(String name) {
        var found = all().stream()
                .filter(key -> key.name().equals(name) || key.id().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new MendableException("There is no key called '" + name + "': `tandem key list` shows all."));
        write(all().stream().filter(key -> !key.equals(found)).toList());
        return found;
    }

    private void write(List<ApiKey> keys) {
        try {
            createForOwnerOnly(file.resolveSibling(FILE + ".part"));
            WholeFile.write(file, JSON.writeValueAsString(keys) + "\n");
        } catch (IOException e) {
            throw new MendableException("Cannot write " + file + " (" + e + "): check who may write there.", e);
        }
    }

    /** The file that will be renamed to the real one, so that nobody else can ever read it. */
    private static void createForOwnerOnly(Path part) throws IOException {
        Files.deleteIfExists(part);
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
