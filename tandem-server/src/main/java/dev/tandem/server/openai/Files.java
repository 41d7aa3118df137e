package dev.tandem.server.openai;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.server.access.Role;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Multipart;
import dev.tandem.server.http.Requests;
import dev.tandem.server.job.Jobs;
import dev.tandem.server.openai.UploadedFiles.Uploaded;
import dev.tandem.tuning.conversion.Validation;
import dev.tandem.tuning.entry.TextOptions;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /v1/files}: files to tune on, and others that clients keep here. */
public final class Files {
    /** As OpenAI's API has them for uploads. */
    private static final Set<String> PURPOSES =
            Set.of("fine-tune", "assistants", "batch", "vision", "user_data", "evals");

    private static final Set<String> FIELDS = Set.of("file", "purpose");
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int FAULTS_SHOWN = 5;

    private final UploadedFiles files;
    private final Jobs jobs;
    private final long maxUpload;
    private final Clock clock;

    /** What an upload takes. */
    @Description("A file and what it is for.")
    public record Form(
            @Description("fine-tune, assistants, batch, vision, user_data or evals.")
            String purpose,

            byte[] file) {}

    /** A file. */
    public record Entry(
            String id, String object, long bytes, long createdAt, String filename, String purpose, String status) {}

    /** Some of them. */
    public record Listed(
            String object, List<Entry> data, Optional<String> firstId, Optional<String> lastId, boolean hasMore) {}

    /** What was deleted. */
    public record Deleted(String id, String object, boolean deleted) {}

    /** @param maxUpload most bytes of a file */
    public Files(UploadedFiles files, Jobs jobs, long maxUpload, Clock clock) {
        this.files = files;
        this.jobs = jobs;
        this.maxUpload = maxUpload;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/v1/files")
                        .needs(Role.EDIT)
                        .does("Files", "Upload a file; one to tune on is checked by OpenAI's rules.")
                        .takes("multipart/form-data", Form.class)
                        .gives(Entry.class)
                        .by(this::upload),
                Endpoint.get("/v1/files")
                        .needs(Role.EDIT)
                        .does("Files", "List files, the newest first.")
                        .inQuery("purpose", "string", "Those for one purpose only.")
                        .inQuery("after", "string", "Only files older than the one of this id.")
                        .inQuery("limit", "integer", "How many, 1 to 1000; 100 unless given.")
                        .inQuery("order", "string", "desc; nothing else.")
                        .gives(Listed.class)
                        .by(this::list),
                Endpoint.get("/v1/files/{id}")
                        .needs(Role.EDIT)
                        .does("Files", "Tell of a file.")
                        .inPath("id", "The file's.")
                        .gives(Entry.class)
                        .by(context -> Api.reply(context, entry(one(context)))),
                Endpoint.get("/v1/files/{id}/content")
                        .needs(Role.EDIT)
                        .does("Files", "Give a file back.")
                        .inPath("id", "The file's.")
                        .gives(200, Endpoint.Builder.ANY, byte[].class)
                        .by(this::content),
                Endpoint.delete("/v1/files/{id}")
                        .needs(Role.EDIT)
                        .does("Files", "Delete a file.")
                        .inPath("id", "The file's.")
                        .gives(Deleted.class)
                        .by(this::delete));
    }

    private void upload(Context context) {
        try (var form = Multipart.of(context, files.incoming(), maxUpload)) {
            form.fields().stream()
                    .filter(field -> !FIELDS.contains(field))
                    .findFirst()
                    .ifPresent(field -> {
                        throw ApiError.invalid("Unrecognized request argument supplied: " + field, field);
                    });
            var purpose = form.text("purpose").orElse("");
            if (!PURPOSES.contains(purpose)) {
                throw ApiError.invalid(
                        "'purpose' must be one of " + PURPOSES.stream().sorted().collect(Collectors.joining(", "))
                                + ".",
                        "purpose");
            }
            if (form.files().size() != 1) {
                throw ApiError.invalid("Send one file, in the field 'file'.", "file");
            }
            var sent = form.files().getFirst();
            var file = files.receive(sent);
            try {
                if (purpose.equals("fine-tune")) {
                    check(file, sent.name());
                }
                var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
                Api.reply(context, entry(files.add(file, plain(sent.name()), purpose, now)));
            } catch (RuntimeException e) {
                files.discard(file);
                throw e;
            }
        }
    }

    /** A name to show, never to open. */
    private static String plain(String name) {
        var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "");
        return last.isBlank() ? "file" : last.substring(0, Math.min(last.length(), 200));
    }

    private static void check(Path file, String name) {
        Validation validation;
        try {
            validation = Validation.byOpenAi(file, TextOptions.TOLD, Progress.silent());
        } catch (MendableException e) {
            // It names the file here, of which the sender knows nothing.
            throw ApiError.invalid(String.valueOf(e.getMessage()).replace(file.toString(), plain(name)), "file");
        }
        if (!validation.faults().isEmpty()) {
            var faults = validation.faults();
            var shown = faults.stream()
                    .limit(FAULTS_SHOWN)
                    .map(fault -> (fault.line() > 0 ? "line " + fault.line() + ": " : "") + fault.message())
                    .collect(Collectors.joining("; "));
            throw ApiError.invalid(
                    "The file cannot be tuned on: " + shown
                            + (faults.size() > FAULTS_SHOWN ? "; and " + (faults.size() - FAULTS_SHOWN) + " more" : "")
                            + ". `tandem dataset validate --openai` lists all.",
                    "file");
        }
    }

    private void list(Context context) {
        int limit = Requests.number(context, "limit", USUAL, 1, MOST);
        var found = files.list(Requests.text(context, "purpose"), Requests.text(context, "after"), limit + 1);
        var shown = found.stream().limit(limit).map(Files::entry).toList();
        Api.reply(
                context,
                new Listed(
                        "list",
                        shown,
                        shown.stream().map(Entry::id).findFirst(),
                        shown.isEmpty()
                                ? Optional.empty()
                                : Optional.of(shown.getLast().id()),
                        found.size() > limit));
    }

    private void content(Context context) {
        var file = files.path(one(context));
        try {
            context.contentType(Endpoint.Builder.ANY)
                    .header("Content-Disposition", "attachment")
                    .result(java.nio.file.Files.newInputStream(file));
        } catch (IOException e) {
            throw new MendableException("The file cannot be read (" + e + "): upload it again.", e);
        }
    }

    private void delete(Context context) {
        var file = one(context);
        var path = files.path(file).toString();
        if (jobs.active().stream().anyMatch(job -> job.input().toString().contains(path))) {
            throw ApiError.conflict("A fine-tuning job needs the file '" + file.id() + "': cancel it first.");
        }
        files.delete(file);
        Api.reply(context, new Deleted(file.id(), "file", true));
    }

    private Uploaded one(Context context) {
        var id = context.pathParam("id");
        return files.find(id).orElseThrow(() -> ApiError.unknown("No such File object: " + id, "file_not_found"));
    }

    private static Entry entry(Uploaded file) {
        return new Entry(
                file.id(),
                "file",
                file.bytes(),
                file.created().getEpochSecond(),
                file.name(),
                file.purpose(),
                "processed");
    }
}
