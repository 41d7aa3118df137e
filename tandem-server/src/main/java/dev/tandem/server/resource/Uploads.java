package dev.tandem.server.resource;

import dev.tandem.foundation.MendableException;
import dev.tandem.server.access.Role;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Multipart;
import dev.tandem.server.http.Requests;
import dev.tandem.server.job.IngestDocuments;
import dev.tandem.server.job.Jobs;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** Documents that come and go by the API. They lie in the workspace's own folder; an ingest in the background takes them in. */
public final class Uploads {
    private static final String JSON = "application/json";

    private final Engine engine;
    private final Jobs jobs;
    private final long maxUpload;

    /** What an upload takes. */
    @Description("One or several files.")
    public record Form(
            @Description("A file; several are several fields of this name.")
            byte[] file) {}

    /** What was begun. */
    @Description("What was changed, and the job that takes it into the index.")
    public record Accepted(List<String> paths, JobEndpoints.View job) {
        public Accepted {
            paths = List.copyOf(paths);
        }
    }

    /** @param maxUpload most bytes of an upload, all its files together */
    public Uploads(Engine engine, Jobs jobs, long maxUpload) {
        this.engine = engine;
        this.jobs = jobs;
        this.maxUpload = maxUpload;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/documents")
                        .needs(Role.EDIT)
                        .does("Documents", "Upload documents; one of the same name is replaced.")
                        .takes("multipart/form-data", Form.class)
                        .gives(202, JSON, Accepted.class)
                        .by(this::upload),
                Endpoint.delete("/api/documents")
                        .needs(Role.EDIT)
                        .does("Documents", "Delete a document that was uploaded.")
                        .inQuery("path", "string", "The document's.")
                        .gives(202, JSON, Accepted.class)
                        .by(this::delete),
                Endpoint.post("/api/ingest")
                        .needs(Role.EDIT)
                        .does("Documents", "Bring the index up to date with all sources.")
                        .gives(202, JSON, Accepted.class)
                        .by(context -> accept(context, List.of(), true)));
    }

    private void upload(Context context) {
        try (var form = Multipart.of(context, engine.workspace().stateFolder().resolve("uploads"), maxUpload)) {
            var files = form.files();
            var names = files.stream()
                    .map(Multipart.Sent::name)
                    .map(DocumentName::checked)
                    .toList();
            if (names.isEmpty()) {
                throw ApiError.invalid("The form has no file: send at least one, with its name.", "file");
            }
            if (new HashSet<>(names).size() < names.size()) {
                throw ApiError.invalid("Two of the files have the same name.", "file");
            }
            var folder = folder();
            files.forEach(file -> file.moveTo(folder.resolve(file.name())));
            accept(context, names, false);
        }
    }

    private Path folder() {
        try {
            return Files.createDirectories(engine.documentsFolder());
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot make " + engine.documentsFolder() + " (" + e + "): check who may write there.", e);
        }
    }

    private void delete(Context context) {
        var path = Requests.text(context, "path")
                .orElseThrow(() -> ApiError.invalid("Name the document by its 'path'.", "path"));
        if (!isOwn(path)) {
            if (indexed(path)) {
                throw ApiError.conflict("'" + path + "' was not uploaded: delete it in the folder that it comes from,"
                        + " and POST /api/ingest.");
            }
            throw ApiError.unknown("There is no document '" + path + "'.", "document_not_found");
        }
        try {
            Files.deleteIfExists(engine.documentsFolder().resolve(path));
        } catch (IOException e) {
            throw new MendableException("Cannot delete '" + path + "' (" + e + "): check who may write there.", e);
        }
        accept(context, List.of(path), false);
    }

    /** Whether a file of the workspace's own folder is meant, by its plain path in it. */
    private boolean isOwn(String path) {
        try {
            var folder = engine.documentsFolder();
            var file = folder.resolve(path);
            return file.equals(file.normalize())
                    && file.startsWith(folder)
                    && !file.equals(folder)
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && file.toRealPath().startsWith(folder.toRealPath());
        } catch (InvalidPathException | IOException noSuchFile) {
            return false;
        }
    }

    private boolean indexed(String path) {
        try (var snapshot = engine.index().snapshot()) {
            return snapshot.documents().stream().anyMatch(each -> each.path().equals(path));
        }
    }

    private void accept(Context context, List<String> paths, boolean everything) {
        var job = jobs.submit(
                IngestDocuments.KIND,
                "job-",
                IngestDocuments.input(everything),
                Requests.caller(context).name());
        context.status(202);
        Api.reply(context, new Accepted(paths, JobEndpoints.view(job, jobs)));
    }
}
