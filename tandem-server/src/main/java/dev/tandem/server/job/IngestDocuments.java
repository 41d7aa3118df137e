package dev.tandem.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.knowledge.ingest.IngestReport;
import dev.tandem.server.engine.Engine;

/** Brings the index up to date with its sources. Begun again, it goes on from what was embedded. */
public final class IngestDocuments implements JobKind {
    public static final String KIND = "ingest";

    private static final String EVERYTHING = "everything";
    private static final String REBUILD = "rebuild";

    private final Engine engine;

    public IngestDocuments(Engine engine) {
        this.engine = engine;
    }

    /**
     * What to do.
     *
     * @param everything whether all sources are looked at, not the workspace's own documents alone
     */
    public static ObjectNode input(boolean everything) {
        return JsonNodeFactory.instance.objectNode().put(EVERYTHING, everything);
    }

    /** Makes the index anew from all sources, for another embedding model; the old one answers until the new one is whole. */
    public static ObjectNode rebuild() {
        return input(true).put(REBUILD, true);
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public JsonNode run(Job job, JobRun run) {
        var report = engine.ingest(
                job.input().path(EVERYTHING).asBoolean(),
                job.input().path(REBUILD).asBoolean(),
                run.stoppingProgress());
        report.skipped().forEach(file -> run.remark(file.path() + " " + file.reason() + "."));
        report.contextLines().reasons().forEach(run::remark);
        return json(report);
    }

    private static ObjectNode json(IngestReport report) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("added", report.added())
                .put("updated", report.updated())
                .put("unchanged", report.unchanged())
                .put("deleted", report.deleted())
                .put("passages_embedded", report.passagesEmbedded())
                .put("passages_reused", report.passagesReused())
                .put("passages", report.passages())
                .put("seconds", report.elapsed().toMillis() / 1e3);
        var lines = report.contextLines();
        json.putObject("context_lines")
                .put("written", lines.written())
                .put("kept", lines.kept())
                .put("missing", lines.missing())
                .put("input_tokens", lines.inputTokens())
                .put("output_tokens", lines.outputTokens());
        var skipped = json.putArray("skipped");
        report.skipped()
                .forEach(file -> skipped.addObject().put("path", file.path()).put("reason", file.reason()));
        return json;
    }
}
