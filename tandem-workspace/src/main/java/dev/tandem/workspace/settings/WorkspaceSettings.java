package dev.tandem.workspace.settings;

/**
 * Everything that tandem.yaml says, read once and never changed.
 *
 * @param documents which files
 * @param passages how they are split
 * @param embedding what turns text into vectors
 * @param store where they are kept
 * @param retrieval how passages are found
 * @param rerank what orders the best of them, if anything
 * @param answer how answers are made
 * @param model the language model, if any
 * @param serve how it is served
 * @param monitoring how a server watches its answers
 * @param alerts who is told of what
 * @param trail what is recorded of answers
 * @param offline whether nothing may connect to another machine
 * @param encrypted whether the workspace must lie on an encrypted volume
 */
public record WorkspaceSettings(
        @Key("Which files are ingested, and how far a file may go before it is skipped.")
        DocumentSettings documents,

        @Key("How documents are split into passages. A change takes effect with the next `tandem ingest`.")
        PassageSettings passages,

        @Key(
                "The model that turns text into vectors. A change takes effect with `tandem ingest --rebuild`; `tandem serve` does that by itself, behind the questions.")
        EmbeddingSettings embedding,

        @Key("Where passages, vectors and words are kept.") StoreSettings store,

        @Key("How the passages for a question are found.") RetrievalSettings retrieval,

        @Key("A model that reads the best passages together with the question and decides their order.")
        RerankSettings rerank,

        @Key("How an answer is made from the passages found.")
        AnswerSettings answer,

        @Key("The language model that writes answers. Without one, answers are sentences quoted from the documents.")
        ModelSettings model,

        @Key("How `tandem serve` serves the workspace.") ServeSettings serve,

        @Key("How `tandem serve` watches its own answers; see docs/serving-monitoring.md.")
        MonitoringSettings monitoring,

        @Key(
                "Who is told when something is wrong, and how; see docs/serving-monitoring.md. `tandem monitor test-alert` tries it.")
        AlertSettings alerts,

        @Key("The audit trail: what was asked, answered and from which sources; see docs/security.md.")
        TrailSettings trail,

        @Key("Whether no connection may leave this machine, whatever else is set here; see docs/security.md.")
        boolean offline,

        @Key(
                "Whether the workspace must lie on an encrypted volume: on any other every command refuses to work; see docs/security.md.")
        boolean encrypted) {

    /** What holds where tandem.yaml says nothing. */
    public static final WorkspaceSettings DEFAULTS = new WorkspaceSettings(
            DocumentSettings.DEFAULTS,
            PassageSettings.DEFAULTS,
            EmbeddingSettings.DEFAULTS,
            StoreSettings.DEFAULTS,
            RetrievalSettings.DEFAULTS,
            RerankSettings.DEFAULTS,
            AnswerSettings.DEFAULTS,
            ModelSettings.DEFAULTS,
            ServeSettings.DEFAULTS,
            MonitoringSettings.DEFAULTS,
            AlertSettings.DEFAULTS,
            TrailSettings.DEFAULTS,
            false,
            false);

    /** The same with documents split otherwise. */
    public WorkspaceSettings withPassages(PassageSettings other) {
        return new WorkspaceSettings(
                documents,
                other,
                embedding,
                store,
                retrieval,
                rerank,
                answer,
                model,
                serve,
                monitoring,
                alerts,
                trail,
                offline,
                encrypted);
    }

    /** The same with passages found otherwise. */
    public WorkspaceSettings withRetrieval(RetrievalSettings other) {
        return new WorkspaceSettings(
                documents,
                passages,
                embedding,
                store,
                other,
                rerank,
                answer,
                model,
                serve,
                monitoring,
                alerts,
                trail,
                offline,
                encrypted);
    }

    /** The same with answers made otherwise. */
    public WorkspaceSettings withAnswer(AnswerSettings other) {
        return new WorkspaceSettings(
                documents,
                passages,
                embedding,
                store,
                retrieval,
                rerank,
                other,
                model,
                serve,
                monitoring,
                alerts,
                trail,
                offline,
                encrypted);
    }

    /** The same with another language model. */
    public WorkspaceSettings withModel(ModelSettings other) {
        return new WorkspaceSettings(
                documents,
                passages,
                embedding,
                store,
                retrieval,
                rerank,
                answer,
                other,
                serve,
                monitoring,
                alerts,
                trail,
                offline,
                encrypted);
    }
}
