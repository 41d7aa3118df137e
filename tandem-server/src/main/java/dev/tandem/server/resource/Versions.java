package dev.tandem.server.resource;

import dev.tandem.foundation.MendableException;
import dev.tandem.server.access.Role;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Requests;
import dev.tandem.server.job.Jobs;
import dev.tandem.workspace.version.DocumentVersion;
import dev.tandem.workspace.version.LineChanges;
import dev.tandem.workspace.version.VersionHistory;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /api/documents/versions}: what uploaded documents were before. */
public final class Versions {
    private static final String JSON = "application/json";
    private static final String VERSION = "/api/documents/versions/{number}";

    /** Of a version's text, most characters that are sent; the file itself is to be had whole. */
    private static final int MOST_SHOWN = 1_000_000;

    private final Engine engine;
    private final VersionsSeen seen;
    private final Jobs jobs;

    /** A version. */
    public record Entry(
            @Description("Counted from 1 for each document, never given twice.")
            int number,

            Instant time,

            @Description("The name of the key that brought it; left out where nobody knows.")
            Optional<String> who,

            @Description("Of its file.") long bytes,

            @Description("The version whose content this is again, where it was restored.")
            Optional<Integer> restored,

            @Description("Whether it is what the document is now.")
            boolean newest) {}

    /** All of a document's. */
    @Description("A document's versions, the newest first.")
    public record Listed(
            String path,
            List<Entry> versions,

            @Description("When it was deleted, where it is.")
            Optional<Instant> deleted,

            @Description("The name of the key that deleted it.")
            Optional<String> deletedBy,

            @Description("How many earlier versions are kept (serve.keep_versions).")
            int kept,

            @Description("Of the files of earlier versions.")
            long bytes) {}

    /** Documents that are deleted. */
    @Description("Deleted documents of which versions are kept, the newest deletion first.")
    public record Deleted(List<Gone> documents) {}

    /** A deleted document. */
    public record Gone(String path, Optional<Instant> deleted, Optional<String> deletedBy, int versions) {}

    /** A version's text. */
    public record Text(
            String path,
            int number,
            String text,

            @Description("Whether the text is longer than what is sent.")
            boolean cut) {}

    /** What differs. */
    @Description("What differs between two versions, line by line.")
    public record Changes(
            String path,
            int from,
            int to,

            @Description("How many lines were taken away.") int removed,
            @Description("How many came.") int added,

            @Description("What changed with a few lines around it, in order.")
            List<Line> lines) {}

    /** A line. */
    public record Line(
            @Description("same, removed, added, or left_out for unchanged lines that are not sent.")
            String kind,

            @Description("The line; for left_out how many there are.")
            String text) {}

    public Versions(Engine engine, VersionsSeen seen, Jobs jobs) {
        this.engine = engine;
        this.seen = seen;
        this.jobs = jobs;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/documents/deleted")
                        .needs(Role.EDIT)
                        .does("Documents", "List documents that were deleted and can be restored.")
                        .gives(Deleted.class)
                        .by(this::deleted),
                Endpoint.get("/api/documents/versions")
                        .needs(Role.EDIT)
                        .does("Documents", "List the versions of an uploaded document, also of a deleted one.")
                        .inQuery("path", "string", "The document's.")
                        .gives(Listed.class)
                        .by(context -> Api.reply(context, listed(seen.history(context)))),
                of(Endpoint.get(VERSION), "Give a version as text.")
                        .gives(Text.class)
                        .by(this::text),
                of(Endpoint.get(VERSION + "/file"), "Give a version's file.")
                        .gives(200, Endpoint.Builder.ANY, byte[].class)
                        .by(this::file),
                of(Endpoint.get(VERSION + "/changes"), "Compare a version with another, line by line.")
                        .inQuery("from", "integer", "The other version's number; the one before it unless given.")
                        .gives(Changes.class)
                        .by(this::changes),
                of(Endpoint.post(VERSION + "/restore"), "Make a version the newest again.")
                        .gives(202, JSON, Uploads.Accepted.class)
                        .by(this::restore),
                of(Endpoint.delete(VERSION), "Remove an earlier version for good.")
                        .gives(Listed.class)
                        .by(this::remove));
    }

    private static Endpoint.Builder of(Endpoint.Builder endpoint, String does) {
        return endpoint.needs(Role.EDIT)
                .does("Documents", does)
                .inPath("number", "The version's.")
                .inQuery("path", "string", "The document's.");
    }

    private void deleted(Context context) {
        Api.reply(
                context,
                new Deleted(seen.deleted(Requests.caller(context)).stream()
                        .map(each -> new Gone(
                                each.path(),
                                each.deletion().map(VersionHistory.Deletion::time),
                                each.deletion().flatMap(VersionHistory.Deletion::who),
                                each.earlier().size()))
                        .toList()));
    }

    private Listed listed(VersionHistory history) {
        var newest = history.newest().map(DocumentVersion::number);
        return new Listed(
                history.path(),
                history.all()
                        .map(each -> new Entry(
                                each.number(),
                                each.time(),
                                each.who(),
                                each.bytes(),
                                each.restored(),
                                newest.filter(number -> number == each.number()).isPresent()))
                        .toList(),
                history.deletion().map(VersionHistory.Deletion::time),
                history.deletion().flatMap(VersionHistory.Deletion::who),
                seen.versions().most(),
                history.earlier().stream().mapToLong(DocumentVersion::bytes).sum());
    }

    private void text(Context context) {
        var history = seen.history(context);
        int number = number(context);
        var text = String.join("\n", lines(history.path(), content(history, number)));
        Api.reply(
                context,
                new Text(
                        history.path(),
                        number,
                        text.substring(0, Math.min(text.length(), MOST_SHOWN)),
                        text.length() > MOST_SHOWN));
    }

    private void file(Context context) {
        var history = seen.history(context);
        int number = number(context);
        var content = content(history, number);
        var name = history.path().substring(history.path().lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        var called = dot > 0
                ? name.substring(0, dot) + "-version-" + number + name.substring(dot)
                : name + "-version-" + number;
        try {
            // Closed by the server when it has been sent.
            context.header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded(called))
                    .contentType(Endpoint.Builder.ANY)
                    .result(Files.newInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void changes(Context context) {
        var history = seen.history(context);
        int to = number(context);
        var after = content(history, to);
        int before = history.all()
                .mapToInt(DocumentVersion::number)
                .filter(number -> number < to)
                .max()
                .orElse(0);
        int from = Requests.number(context, "from", before, 1, Integer.MAX_VALUE);
        if (from == 0) {
            throw ApiError.invalid(
                    "Version " + to + " is the oldest that is kept: say with 'from' what to compare it with.", "from");
        }
        var found = LineChanges.between(lines(history.path(), content(history, from)), lines(history.path(), after));
        Api.reply(
                context,
                new Changes(
                        history.path(),
                        from,
                        to,
                        found.removed(),
                        found.added(),
                        found.lines().stream()
                                .map(line -> new Line(line.kind().name().toLowerCase(Locale.ROOT), line.text()))
                                .toList()));
    }

    private void restore(Context context) {
        var history = seen.history(context);
        int number = number(context);
        content(history, number);
        if (history.newest().filter(each -> each.number() == number).isPresent()) {
            throw ApiError.conflict("Version " + number + " is the newest already.");
        }
        if (!seen.versions()
                .restore(history.path(), number, Requests.caller(context).name())) {
            throw unknown(number);
        }
        Uploads.accept(context, jobs, List.of(history.path()), false);
    }

    private void remove(Context context) {
        var history = seen.history(context);
        int number = number(context);
        content(history, number);
        if (history.newest().filter(each -> each.number() == number).isPresent()) {
            throw ApiError.conflict("Version " + number + " is what the document is now: delete the document instead.");
        }
        seen.versions().remove(history.path(), number);
        var left = seen.find(history.path(), Requests.caller(context));
        Api.reply(context, listed(left.orElse(history.without(number))));
    }

    /** The file of a version that the caller may see. */
    private Path content(VersionHistory history, int number) {
        return history.version(number)
                .flatMap(version -> seen.versions().content(history.path(), number))
                .orElseThrow(() -> unknown(number));
    }

    private static ApiError unknown(int number) {
        return ApiError.unknown("No version " + number + " of this document is kept.", "version_not_found");
    }

    private List<String> lines(String path, Path file) {
        try (var reader = engine.reader()) {
            return reader.lines(file, path);
        } catch (MendableException e) {
            throw ApiError.of(422, e.getMessage() + " Download it instead.");
        }
    }

    private static int number(Context context) {
        try {
            return Integer.parseInt(context.pathParam("number"));
        } catch (NumberFormatException e) {
            throw ApiError.unknown("A version is named by its number.", "version_not_found");
        }
    }
}
