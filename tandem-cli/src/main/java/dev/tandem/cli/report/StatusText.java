package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.foundation.offline.OfflineGuard;
import dev.tandem.foundation.volume.VolumeEncryption;
import dev.tandem.workspace.WorkspaceStatus;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The state of a workspace. */
public final class StatusText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final int FLAGGED_SHOWN = 5;

    private StatusText() {}

    /** For people. */
    public static String of(WorkspaceStatus status, Terminal terminal) {
        var lines = new ArrayList<String>();
        lines.add(line("workspace", status.folder()));
        lines.add(line("documents", status.documents()));
        lines.add(line("passages", status.passages()));
        lines.add(line("embedding", embedding(status)));
        lines.add(line("on disk", status.size()));
        if (status.versions().bytes() > 0) {
            lines.add(line("versions", status.versions() + " of earlier versions of uploaded documents"));
        }
        lines.add(line(
                "last ingest",
                status.lastIngest().map(TIME::format).orElse(status.isNew() ? "never" : "not from this folder")));
        var label = "sources";
        for (var source : status.sources()) {
            lines.add(line(label, source.path() + (source.exists() ? "" : terminal.warning(" (not there)"))));
            label = "";
        }
        if (status.sources().isEmpty()) {
            lines.add(line(label, "none yet"));
        }
        lines.add(line("state", status.stale() ? terminal.warning(todo(status)) : state(status)));
        if (!status.flagged().isEmpty()) {
            lines.add(line("flagged", terminal.warning(flagged(status))));
        }
        var volume = VolumeEncryption.of(status.folder());
        if (volume.state() == VolumeEncryption.State.ENCRYPTED) {
            lines.add(line("at rest", "encrypted by " + volume.how()));
        }
        if (OfflineGuard.isInstalled()) {
            lines.add(line("offline", OfflineGuard.holding()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String flagged(WorkspaceStatus status) {
        var documents = status.flagged().stream()
                .limit(FLAGGED_SHOWN)
                .map(document -> Terminal.printable(document.path()))
                .collect(Collectors.joining(", "));
        int more = status.flagged().size() - FLAGGED_SHOWN;
        return status.flagged().size() + " with text that seems to instruct a language model: " + documents
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** For programs. */
    public static Map<String, Object> json(WorkspaceStatus status) {
        return Json.object(
                "workspace", status.folder(),
                "documents", status.documents(),
                "passages", status.passages(),
                "embedding",
                        Json.object(
                                "model",
                                        status.embedding().isEmpty()
                                                ? status.configuredEmbedding()
                                                : status.embedding(),
                                "dimension", status.dimension(),
                                "configured", status.configuredEmbedding()),
                "size_bytes", status.size().bytes(),
                "versions_bytes", status.versions().bytes(),
                "sources",
                        status.sources().stream()
                                .map(source -> Json.object("path", source.path(), "exists", source.exists()))
                                .toList(),
                "last_ingest", status.lastIngest(),
                "stale", status.stale(),
                "changed", status.changed(),
                "missing", status.missing(),
                "other_settings", status.otherSettings(),
                "flagged",
                        status.flagged().stream()
                                .map(document -> Json.object(
                                        "path", document.path(),
                                        "sentences", document.sentences(),
                                        "hidden", document.hidden()))
                                .toList(),
                "encrypted", VolumeEncryption.of(status.folder()).state().name().toLowerCase(Locale.ROOT),
                "offline", OfflineGuard.isInstalled(),
                "offline_guard", OfflineGuard.holding());
    }

    private static String embedding(WorkspaceStatus status) {
        return status.embedding().isEmpty()
                ? status.configuredEmbedding()
                : status.embedding() + ", " + status.dimension() + " numbers a vector";
    }

    private static String state(WorkspaceStatus status) {
        return status.isNew()
                ? "empty: run `tandem ingest FOLDER`"
                : "every document is as it was ingested (`tandem ingest` finds new files)";
    }

    private static String todo(WorkspaceStatus status) {
        var reasons = new ArrayList<String>();
        if (status.changed() > 0) {
            reasons.add(status.changed() + " changed");
        }
        if (status.missing() > 0) {
            reasons.add(status.missing() + " gone");
        }
        if (!status.embedding().isEmpty() && !status.embedding().equals(status.configuredEmbedding())) {
            return "made with another embedding model than " + status.configuredEmbedding()
                    + ", which tandem.yaml names: run `tandem ingest --rebuild`";
        }
        if (status.otherSettings()) {
            reasons.add("other settings in tandem.yaml");
        }
        return String.join(", ", reasons) + " since the last ingest: run `tandem ingest`";
    }

    private static String line(String label, Object value) {
        return String.format(Locale.ROOT, "%-12s %s", label, value);
    }
}
