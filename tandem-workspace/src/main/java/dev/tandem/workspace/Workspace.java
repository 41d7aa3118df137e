package dev.tandem.workspace;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.database.DatabasePlace;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.foundation.offline.OfflineGuard;
import dev.tandem.foundation.volume.VolumeEncryption;
import dev.tandem.workspace.settings.SettingsReader;
import dev.tandem.workspace.settings.SettingsText;
import dev.tandem.workspace.settings.StoreSettings.RecordsPlace;
import dev.tandem.workspace.settings.WorkspaceSettings;
import dev.tandem.workspace.trail.AuditTrail;
import dev.tandem.workspace.version.DocumentVersions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;

/**
 * A workspace: a folder with {@code tandem.yaml}, and {@code .tandem/} for what Tandem makes from the documents. That can
 * be deleted at any time; the next ingest makes it anew. What no ingest can make anew lies beside it: the evaluation runs in
 * {@code runs.db}, unless the settings name a server for them. Immutable.
 *
 * @param folder absolute
 * @param settings as read from tandem.yaml
 */
public record Workspace(Path folder, WorkspaceSettings settings) {
    /** The name of the settings file; a folder that holds one is a workspace. */
    public static final String SETTINGS_FILE = "tandem.yaml";

    /** Where a server keeps what no ingest could make anew. */
    public static final String SERVER_FILE = "server.db";

    private static final String STATE_FOLDER = ".tandem";

    /**
     * Opens the workspace in a folder; from then on this process is offline, if the settings say so.
     *
     * @throws MendableException if there is none, or its settings ask for an encrypted volume and it lies on no such
     */
    public static Workspace at(Path folder) {
        var absolute = folder.toAbsolutePath().normalize();
        var file = absolute.resolve(SETTINGS_FILE);
        if (!Files.exists(file)) {
            throw new MendableException("There is no workspace in " + absolute + " (no " + SETTINGS_FILE
                    + "): create one with `tandem init " + folder + "`.");
        }
        var settings = SettingsReader.read(file);
        if (settings.offline()) {
            // Here, before anything of the workspace is opened, and for every command alike.
            OfflineGuard.install();
        }
        if (settings.encrypted()) {
            requireEncryption(absolute);
        }
        return new Workspace(absolute, settings);
    }

    private static void requireEncryption(Path folder) {
        var volume = VolumeEncryption.of(folder);
        if (volume.state() != VolumeEncryption.State.ENCRYPTED) {
            throw new MendableException(SETTINGS_FILE + " says encrypted: true, but " + folder
                    + " lies on no volume that is known to be encrypted (" + volume.how()
                    + "): move the workspace to one (LUKS, gocryptfs), or remove that line.");
        }
    }

    /** Opens the workspace that a folder or the nearest folder above it is. */
    public static Workspace around(Path folder) {
        var start = folder.toAbsolutePath().normalize();
        return Stream.iterate(start, above -> above != null, Path::getParent)
                .filter(candidate -> Files.exists(candidate.resolve(SETTINGS_FILE)))
                .findFirst()
                .map(Workspace::at)
                .orElseThrow(() -> new MendableException("There is no workspace in " + start
                        + " or a folder above it: create one with `tandem init my-kb`, or name one with -w."));
    }

    /** Makes a folder, which may exist, a workspace with every default. */
    public static Workspace create(Path folder) {
        var absolute = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute.resolve(STATE_FOLDER));
            Files.writeString(absolute.resolve(STATE_FOLDER).resolve(".gitignore"), "*\n");
            Files.writeString(
                    absolute.resolve(SETTINGS_FILE), SettingsText.yaml(), java.nio.file.StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new MendableException(
                    e.getFile().endsWith(SETTINGS_FILE)
                            ? absolute + " is a workspace already: use it, or choose another folder."
                            : "Cannot make a workspace at " + absolute + ": " + e.getFile() + " is a file.",
                    e);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot make a workspace at " + absolute + " (" + e + "): choose a folder that you may write to.",
                    e);
        }
        return at(absolute);
    }

    /** Where everything lies that Tandem makes. */
    public Path stateFolder() {
        return folder.resolve(STATE_FOLDER);
    }

    /** Where evaluation runs are kept. */
    public DatabasePlace runsPlace() {
        return records("runs.db", "runs");
    }

    /** Where answers that were given, and what people thought of them, are kept. */
    public DatabasePlace feedbackPlace() {
        return records(SERVER_FILE, "feedback");
    }

    private DatabasePlace records(String file, String what) {
        return settings.store().records() == RecordsPlace.FOLDER
                ? new SqlitePlace(folder.resolve(file))
                : ConfiguredStore.records(this, what);
    }

    /** What was recorded of answers; beside the state folder, because no ingest could make it anew. */
    public AuditTrail trail() {
        return new AuditTrail(folder.resolve("trail"), stateFolder().resolve("trail-anchor"), Clock.systemUTC());
    }

    /** The team's questions, unless others are named. */
    public Path testSetFile() {
        return folder.resolve("testset.jsonl");
    }

    /** The documents that lie in the workspace itself, which come by upload. */
    public Path documentsFolder() {
        return folder.resolve("documents");
    }

    /**
     * The same documents with what they were before; beside the state folder, because no ingest could make that anew, and hidden, so that
     * nobody takes it for documents.
     *
     * @param access tells whom a document's own access list names
     */
    public DocumentVersions documentVersions(DocumentVersions.AccessNames access) {
        return new DocumentVersions(
                documentsFolder(),
                folder.resolve(".versions"),
                settings.serve().keepVersions(),
                access,
                Clock.systemUTC());
    }

    /** A path as it is written in tandem.yaml: relative to the workspace, absolute, or under {@code ~}, the home folder. */
    public Path resolve(String written) {
        var path = written.equals("~") || written.startsWith("~/")
                ? System.getProperty("user.home") + written.substring(1)
                : written;
        return folder.resolve(path).normalize();
    }

    Path indexFolder() {
        return stateFolder().resolve("index");
    }

    /** The settings of the last ingest: by them the index answers until it is made anew for others. */
    Path ingestedSettings() {
        return stateFolder().resolve("ingested.yaml");
    }

    /** Where the lines lie that a language model wrote above passages. */
    Path contextLinesFile() {
        return stateFolder().resolve("context-lines.db");
    }

    Path journalFile() {
        return stateFolder().resolve("embeddings.journal");
    }

    Sources sources() {
        return new Sources(this, stateFolder().resolve("sources"));
    }
}
