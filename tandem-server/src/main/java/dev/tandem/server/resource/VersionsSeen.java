package dev.tandem.server.resource;

import dev.tandem.server.access.Caller;
import dev.tandem.server.access.Role;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Requests;
import dev.tandem.workspace.version.DocumentVersion;
import dev.tandem.workspace.version.DocumentVersions;
import dev.tandem.workspace.version.VersionHistory;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * The versions of documents as somebody may see them: none of a document whose access list leaves him out, as it is now or as it was last,
 * and of others those that no list of their own keeps from him.
 */
public final class VersionsSeen {
    private final Engine engine;
    private final DocumentVersions versions;
    private final DocumentAccess access;

    public VersionsSeen(Engine engine, DocumentVersions versions, DocumentAccess access) {
        this.engine = engine;
        this.versions = versions;
        this.access = access;
    }

    /** All of them. */
    DocumentVersions versions() {
        return versions;
    }

    /**
     * The history of the document that a request names by {@code path}.
     *
     * @throws ApiError 404 if there is none that the caller may see, 409 if the document is of another folder
     */
    VersionHistory history(Context context) {
        var path = Requests.text(context, "path")
                .orElseThrow(() -> ApiError.invalid("Name the document by its 'path'.", "path"));
        var caller = Requests.caller(context);
        return find(path, caller).orElseThrow(() -> {
            boolean elsewhere = access.indexed(path)
                    .filter(document -> DocumentAccess.sees(caller, document))
                    .filter(document ->
                            !document.source().equals(engine.documentsFolder().toString()))
                    .isPresent();
            return elsewhere
                    ? ApiError.conflict(
                            "'" + path + "' was not uploaded: what it was before is kept where its folder is"
                                    + " (backups, a version control system), not here.")
                    : ApiError.unknown("There is no document '" + path + "'.", "document_not_found");
        });
    }

    /** A document's history; empty if there is none that somebody may see. */
    Optional<VersionHistory> find(String path, Caller caller) {
        boolean hidden = access.indexed(path)
                .filter(document -> !DocumentAccess.sees(caller, document))
                .isPresent();
        return hidden ? Optional.empty() : visible(versions.of(path), caller);
    }

    /** Deleted documents. */
    List<VersionHistory> deleted(Caller caller) {
        return versions.deleted().stream()
                .flatMap(each -> visible(each, caller).stream())
                .toList();
    }

    private Optional<VersionHistory> visible(VersionHistory history, Caller caller) {
        if (history.all().findAny().isEmpty()) {
            return Optional.empty();
        }
        if (caller.role() == Role.ADMIN) {
            return Optional.of(history);
        }
        var path = history.path();
        var newest = history.newest()
                .map(each -> each.with(versions.file(path).flatMap(file -> access.of(path, file))))
                .orElseGet(() -> history.earlier().getFirst());
        return sees(caller, path, newest)
                ? Optional.of(history.only(each -> sees(caller, path, each)))
                : Optional.empty();
    }

    /** Where nobody can tell whom it names, as of a file that cannot be read, it is for whoever brought it. */
    private static boolean sees(Caller caller, String path, DocumentVersion version) {
        return version.access().isPresent()
                ? DocumentAccess.sees(caller, path, version.access().get())
                : version.who().filter(caller.name()::equals).isPresent();
    }
}
