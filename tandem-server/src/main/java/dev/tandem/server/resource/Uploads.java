package dev.tandem.server.resource;

import dev.tandem.server.access.Caller;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Documents that come and go by the API. They lie in the workspace's own folder; an ingest in the background takes them in. */
public final class Uploads {
    private static final String JSON = "application/json";

    private final Engine engine;
    private final VersionsSeen seen;
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
    public Uploads(Engine engine, VersionsSeen seen, Jobs jobs, long maxUpload) {
        this.engine = engine;
        this.seen = seen;
        this.jobs = jobs;
        this.maxUpload = maxUpload;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/documents")
                        .needs(Role.EDIT)
                        .does("Documents", "Upload documents; one of the same name is replaced, and kept as a version.")
                        .takes("multipart/form-data", Form.class)
                        .gives(202, JSON, Accepted.class)
                        .by(this::upload),
                Endpoint.delete("/api/documents")
                        .needs(Role.EDIT)
                        .does("Documents", "Delete a document that was uploaded; what it was is kept as a version.")
                        .inQuery("path", "string", "The document's.")
                        .inQuery("versions", "boolean", "Whether all its versions are deleted with it, for good.")
                        .gives(202, JSON, Accepted.class)
                        .by(this::delete),
                Endpoint.post("/api/ingest")
                        .needs(Role.EDIT)
                        .does("Documents", "Bring the index up to date with all sources.")
                        .gives(202, JSON, Accepted.class)
                        .by(context -> accept(context, jobs, List.of(), true)));
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
            var who = Requests.caller(context).name();
            files.forEach(file -> seen.versions()
                    .put(file.name(), who, Optional.empty(), () -> file.part().getInputStream()));
            accept(context, jobs, names, false);
        }
    }

    private void delete(Context context) {
        var path = Requests.text(context, "path")
                .orElseThrow(() -> ApiError.invalid("Name the document by its 'path'.", "path"));
        boolean forGood =
                Requests.text(context, "versions").filter("true"::equals).isPresent();
        var caller = Requests.caller(context);
        var history =
                seen.find(path, caller).filter(each -> forGood || each.newest().isPresent());
        if (history.isEmpty()) {
            throw refused(path, caller);
        }
        if (forGood) {
            seen.versions().deleteWithVersions(path);
        } else {
            seen.versions().delete(path, caller.name());
        }
        accept(context, jobs, List.of(path), false);
    }

    private ApiError refused(String path, Caller caller) {
        boolean elsewhere;
        try (var snapshot = engine.index().snapshot()) {
            elsewhere = caller.visible(snapshot.documents()).stream()
                    .anyMatch(each -> each.path().equals(path));
        }
        return elsewhere
                ? ApiError.conflict("'" + path
                        + "' was not uploaded: delete it in the folder that it comes from, and POST" + " /api/ingest.")
                : ApiError.unknown("There is no document '" + path + "'.", "document_not_found");
    }

    /** Has the documents taken into the index by a job, and tells of it. */
    static void accept(Context context, Jobs jobs, List<String> paths, boolean everything) {
        var job = jobs.submit(
                IngestDocuments.KIND,
                "job-",
                IngestDocuments.input(everything),
                Requests.caller(context).name());
        context.status(202);
        Api.reply(context, new Accepted(paths, JobEndpoints.view(job, jobs)));
    }
}
