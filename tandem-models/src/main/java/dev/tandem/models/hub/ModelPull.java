package dev.tandem.models.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Fetches a model's folder from a hub: configuration, tokenizer, licence and safetensors weights at one commit. What was
 * fetched in part is continued; each file is checked against the hub's hash before it takes its name; a record of the
 * commit and the files is written last, and a folder that has it is used without asking the hub.
 */
public final class ModelPull {
    private static final String RECORD = "tandem-pull.json";
    private static final int TRIES = 4;
    private static final Pattern REPOSITORY = Pattern.compile("[\\w.-]+/[\\w.-]+");

    /** Top-level names only: nothing that a hub says may lead out of the folder. */
    private static final Pattern WANTED = Pattern.compile(
            "[\\w][\\w .-]*\\.(json|jinja|safetensors|md|txt|model)" + "|(LICENSE|LICENCE|NOTICE|USE_POLICY)[\\w.-]*");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HubSettings settings;

    /**
     * What was fetched.
     *
     * @param folder where the model lies
     * @param commit of the repository
     * @param files how many it has
     * @param bytes of all of them
     * @param fetched how many of those came over the network now
     */
    public record Result(Path folder, String repository, String commit, int files, long bytes, long fetched) {}

    public ModelPull(HubSettings settings) {
        this.settings = settings;
    }

    /**
     * Fetches a model, or finds that it is here.
     *
     * @param repository {@code OWNER/NAME}
     * @param revision a branch, tag or commit
     * @param folder where it goes; made if missing
     * @throws MendableException if the name is wrong, the hub refuses or cannot be reached, a file arrives damaged, or the
     *     disk is full; what came so far stays and is continued the next time
     */
    public Result pull(String repository, String revision, Path folder, Progress progress) {
        if (!REPOSITORY.matcher(repository).matches() || repository.contains("..")) {
            throw new MendableException(
                    "\"" + repository + "\" is no model's name: write OWNER/NAME, as in Qwen/Qwen2.5-0.5B-Instruct.");
        }
        var here = here(repository, revision, folder);
        if (here.isPresent()) {
            return here.get();
        }
        if (settings.offline()) {
            throw new MendableException("The folder " + folder + " does not hold " + repository
                    + " whole, and HF_HUB_OFFLINE forbids fetching it: unset it.");
        }
        try (var hub = new HubClient(settings)) {
            return fetch(hub, repository, revision, folder, progress);
        } catch (IOException e) {
            throw new MendableException(
                    "The model " + repository + " could not be fetched from " + settings.endpoint() + " ("
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                            + "): check the network, or HF_ENDPOINT for a mirror; the same command goes on from here.",
                    e);
        }
    }

    /** The model if its record is here and every file has the size that it says. */
    private static Optional<Result> here(String repository, String revision, Path folder) {
        var record = folder.resolve(RECORD);
        if (!Files.isRegularFile(record)) {
            return Optional.empty();
        }
        try {
            var json = JSON.readTree(record.toFile());
            if (!json.path("repository").asText().equals(repository)) {
                throw new MendableException("The folder " + folder + " holds another model ("
                        + json.path("repository").asText() + "): name another with --out.");
            }
            boolean asked = json.path("revision").asText().equals(revision)
                    || json.path("commit").asText().equals(revision);
            long bytes = 0;
            for (var file : json.path("files").properties()) {
                var path = folder.resolve(file.getKey());
                long size = file.getValue().asLong();
                if (!asked || !Files.isRegularFile(path) || Files.size(path) != size) {
                    return Optional.empty();
                }
                bytes += size;
            }
            return Optional.of(new Result(
                    folder,
                    repository,
                    json.path("commit").asText(),
                    json.path("files").size(),
                    bytes,
                    0));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private Result fetch(HubClient hub, String repository, String revision, Path folder, Progress progress)
            throws IOException {
        var snapshot = hub.snapshot(repository, revision);
        var files = snapshot.files().stream()
                .filter(file ->
                        WANTED.matcher(file.name()).matches() && !file.name().equals(RECORD))
                .toList();
        if (files.stream().noneMatch(file -> file.name().endsWith(".safetensors"))) {
            throw new MendableException("The model " + repository
                    + " has no safetensors weights: choose one that has, or convert it with transformers.");
        }
        Files.createDirectories(folder);
        requireSpace(files, folder);
        long fetched = 0;
        long total = files.stream().mapToLong(RemoteFile::size).sum();
        try (var task = progress.start("Fetching " + repository, total, "bytes")) {
            for (var file : files) {
                fetched += new Transfer(hub, repository, snapshot.commit(), folder, file, task).run();
            }
        }
        writeRecord(repository, revision, snapshot.commit(), files, folder);
        return new Result(folder, repository, snapshot.commit(), files.size(), total, fetched);
    }

    private static void requireSpace(List<RemoteFile> files, Path folder) throws IOException {
        long missing = 0;
        for (var file : files) {
            var whole = folder.resolve(file.name());
            var part = part(folder, file);
            missing += Files.exists(whole) ? 0 : file.size() - (Files.exists(part) ? Files.size(part) : 0);
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (missing > free) {
            throw new MendableException(String.format(
                    java.util.Locale.ROOT,
                    "The model needs %.1f GB more, and %s has %.1f GB free: free some, or name another disk with --out.",
                    missing / 1e9,
                    folder,
                    free / 1e9));
        }
    }

    private static Path part(Path folder, RemoteFile file) {
        return folder.resolve(file.name() + ".part");
    }

    private static void writeRecord(
            String repository, String revision, String commit, List<RemoteFile> files, Path folder) throws IOException {
        var json = JSON.createObjectNode();
        json.put("repository", repository);
        json.put("revision", revision);
        json.put("commit", commit);
        var sizes = json.putObject("files");
        files.forEach(file -> sizes.put(file.name(), file.size()));
        var part = folder.resolve(RECORD + ".part");
        Files.writeString(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsString((JsonNode) json) + "\n");
        Files.move(part, folder.resolve(RECORD), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** One file on its way. */
    private record Transfer(
            HubClient hub, String repository, String commit, Path folder, RemoteFile file, Progress.Task task) {
        /** Fetches what is missing; returns how many bytes that was. */
        long run() throws IOException {
            var whole = folder.resolve(file.name());
            if (Files.isRegularFile(whole) && matches(whole)) {
                task.step(file.size());
                return 0;
            }
            long fetched = 0;
            var part = part(folder, file);
            task.step(size(part));
            for (int attempt = 1; size(part) != file.size() || !Files.exists(part); attempt++) {
                long before = size(part);
                try {
                    fetched += append(part, before);
                    if (size(part) > file.size()) {
                        startAgain(part);
                    }
                } catch (HubClient.RangeRefused e) {
                    startAgain(part);
                } catch (IOException e) {
                    fetched += size(part) - before;
                    if (attempt >= TRIES) {
                        throw e;
                    }
                    pause(attempt);
                }
                if (attempt > 2 * TRIES) {
                    throw new IOException("the hub keeps sending another length than it says of " + file.name());
                }
            }
            if (!matches(part)) {
                startAgain(part);
                throw new MendableException("The file " + file.name() + " of " + repository
                        + " arrived damaged (its hash is not the hub's) and was thrown away: run the command again.");
            }
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return fetched;
        }

        private void startAgain(Path part) throws IOException {
            task.step(-size(part));
            Files.deleteIfExists(part);
        }

        private static long size(Path part) throws IOException {
            return Files.exists(part) ? Files.size(part) : 0;
        }

        private long append(Path part, long start) throws IOException {
            var response = hub.content(repository, commit, file.name(), start);
            boolean continued = response.statusCode() == 206;
            if (continued
                    && !response.headers()
                            .firstValue("Content-Range")
                            .orElse("")
                            .startsWith("bytes " + start + "-")) {
                response.body().close();
                throw new HubClient.RangeRefused(response.uri());
            }
            if (!continued && start > 0) {
                startAgain(part);
            }
            long written = 0;
            try (var in = response.body();
                    var out = Files.newOutputStream(
                            part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                var buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    out.write(buffer, 0, read);
                    task.step(read);
                    written += read;
                }
            }
            return written;
        }

        private static void pause(int attempt) throws IOException {
            try {
                Thread.sleep(250L << attempt);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        private boolean matches(Path path) throws IOException {
            if (Files.size(path) != file.size()) {
                return false;
            }
            if (file.sha256().isPresent()) {
                return hash("SHA-256", "", path).equals(file.sha256().get());
            }
            // Git names a small file by the SHA-1 of its length and content.
            return file.gitHash().isEmpty()
                    || hash("SHA-1", "blob " + file.size() + "\0", path)
                            .equals(file.gitHash().get());
        }

        private static String hash(String algorithm, String before, Path path) throws IOException {
            try (InputStream in = Files.newInputStream(path)) {
                var digest = MessageDigest.getInstance(algorithm);
                digest.update(before.getBytes(StandardCharsets.US_ASCII));
                var buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every JDK has " + algorithm, e);
            }
        }
    }
}
