package dev.tandem.workspace;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.models.embedding.RecentQuestions;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.workspace.settings.EmbeddingSettings;
import dev.tandem.workspace.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The embedding models of a workspace: the one that its settings name, and those that its index was made with before that, as the settings
 * of the last ingest name them. Each is opened when it is first needed; owns them all. Not safe for use by several threads, but the
 * encoders it hands out are.
 */
final class IndexEncoders implements AutoCloseable {
    /** Of which the vectors are remembered: as many as are asked before whoever watches has seen them. */
    private static final int RECENT_QUESTIONS = 500;

    private final Workspace workspace;
    private final List<TextEncoder> former = new ArrayList<>();
    private Optional<RecentQuestions> configured = Optional.empty();

    IndexEncoders(Workspace workspace) {
        this.workspace = workspace;
    }

    /** The one that the settings name. */
    RecentQuestions configured() {
        if (configured.isEmpty()) {
            configured = Optional.of(new RecentQuestions(Encoders.open(workspace), RECENT_QUESTIONS));
        }
        return configured.get();
    }

    /**
     * The one that an index was made with.
     *
     * @throws MendableException if nobody knows any more which that is
     */
    TextEncoder of(IndexDescription made) {
        var named = configured();
        if (made.isNew() || made.encoder().equals(named.id()) && made.dimension() == named.dimension()) {
            return named;
        }
        return former(made)
                .orElseThrow(() -> new MendableException(
                        "The workspace " + workspace.folder() + " was made with the embedding model "
                                + made.encoder() + " (" + made.dimension() + " numbers a vector), but "
                                + named.id() + " ("
                                + named.dimension() + ") is configured: set embedding back in tandem.yaml, or run"
                                + " `tandem ingest --rebuild` to embed everything anew."));
    }

    private Optional<TextEncoder> former(IndexDescription made) {
        var known =
                former.stream().filter(each -> each.id().equals(made.encoder())).findFirst();
        if (known.isPresent()) {
            return known;
        }
        var opened = ingested()
                .filter(settings -> Encoders.id(workspace, settings).equals(made.encoder()))
                .map(settings -> Encoders.open(workspace, settings));
        // Owned from here on, whether it fits or not.
        opened.ifPresent(former::add);
        return opened.filter(each -> each.dimension() == made.dimension());
    }

    /** What tandem.yaml named when the index was last made or changed. */
    private Optional<EmbeddingSettings> ingested() {
        try {
            return Files.exists(workspace.ingestedSettings())
                    ? Optional.of(
                            SettingsReader.read(workspace.ingestedSettings()).embedding())
                    : Optional.empty();
        } catch (MendableException ofAnotherVersion) {
            // Settings that this Tandem cannot read name no model: the caller says what to do.
            return Optional.empty();
        }
    }

    /** Notes by which settings the index is as it is; nothing where they are of no file, as another program's. */
    void remember() {
        var settings = workspace.folder().resolve(Workspace.SETTINGS_FILE);
        try {
            if (Files.exists(settings)) {
                WholeFile.write(workspace.ingestedSettings(), Files.readString(settings));
            }
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot write " + workspace.ingestedSettings() + " (" + e + "): check the disk, and that you may.",
                    e);
        }
    }

    @Override
    public void close() {
        configured.ifPresent(TextEncoder::close);
        former.forEach(TextEncoder::close);
    }
}
