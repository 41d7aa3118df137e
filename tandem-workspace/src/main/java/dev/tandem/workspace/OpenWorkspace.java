package dev.tandem.workspace;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.tandem.answering.answer.Answerer;
import dev.tandem.answering.answer.ExtractiveAnswerer;
import dev.tandem.answering.answer.GroundedAnswerer;
import dev.tandem.answering.answer.RoutingAnswerer;
import dev.tandem.answering.prompt.ModelFollowUp;
import dev.tandem.answering.route.QuestionRouter;
import dev.tandem.decoder.chat.DecoderChatModel;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.ingest.FileSelection;
import dev.tandem.knowledge.ingest.IngestReport;
import dev.tandem.knowledge.ingest.Ingester;
import dev.tandem.knowledge.injection.InjectionDetector;
import dev.tandem.knowledge.injection.InjectionModel;
import dev.tandem.knowledge.injection.InjectionPolicy;
import dev.tandem.knowledge.injection.Screening;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.knowledge.retrieval.FollowUp;
import dev.tandem.knowledge.retrieval.Fusion;
import dev.tandem.knowledge.retrieval.GapFollowUp;
import dev.tandem.knowledge.retrieval.HybridRetriever;
import dev.tandem.knowledge.retrieval.MultiHopRetriever;
import dev.tandem.knowledge.retrieval.RerankingRetriever;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.knowledge.retrieval.Surroundings;
import dev.tandem.knowledge.scope.ScopedRetriever;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.RecentQuestions;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.models.rerank.OnnxCrossEncoder;
import dev.tandem.workspace.settings.EmbeddingSettings;
import dev.tandem.workspace.settings.ModelSettings;
import dev.tandem.workspace.settings.RerankSettings;
import dev.tandem.workspace.settings.WorkspaceSettings;
import dev.tandem.workspace.trail.AuditTrail;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A workspace in use: the parts that its settings describe, each made when it is first needed, because a command that
 * needs no model should not wait for one. Owns them all; not safe for use by several threads, but the parts it hands out are.
 */
public final class OpenWorkspace implements AutoCloseable {
    private final Workspace workspace;
    private final IndexEncoders encoders;
    private Optional<PassageIndex> index = Optional.empty();
    private Optional<TextEncoder> sentenceEncoder = Optional.empty();
    private Optional<LanguageModel> languageModel = Optional.empty();
    private Optional<ScoringModel> reranker = Optional.empty();

    public OpenWorkspace(Workspace workspace) {
        this.workspace = workspace;
        this.encoders = new IndexEncoders(workspace);
    }

    /** The index as it was last committed. */
    public PassageIndex index() {
        if (index.isEmpty()) {
            index = Optional.of(ConfiguredStore.open(workspace));
        }
        return index.get();
    }

    /**
     * Finds passages.
     *
     * @throws MendableException if nothing was ingested yet, or with another embedding model
     */
    public Retriever retriever() {
        requireDocuments();
        var retrieval = settings().retrieval();
        Retriever oneLook = new HybridRetriever(index(), indexEncoder(), retrieval.fusion(), retrieval.selection());
        if (settings().rerank().provider() != RerankSettings.Provider.NONE) {
            oneLook = new RerankingRetriever(
                    oneLook, reranker(), settings().rerank().candidates());
        }
        var retriever = oneLook;
        if (retrieval.hops() > 0) {
            retriever = new MultiHopRetriever(retriever, followUp(), retrieval.hops());
        }
        if (retrieval.filtersFromQuestion()) {
            retriever = new ScopedRetriever(retriever, oneLook, index());
        }
        return new KnownFields(remarked(retriever), index());
    }

    private Retriever remarked(Retriever retriever) {
        if (!needsRebuild()) {
            return retriever;
        }
        return new Remarking(
                retriever,
                "Found with the embedding model " + indexEncoder().id() + ", of which the index is; "
                        + encoder().id() + " is configured: `tandem ingest --rebuild` makes the index anew.");
    }

    private FollowUp followUp() {
        return switch (settings().retrieval().followUps()) {
            case WORDS -> new GapFollowUp(index());
            case MODEL -> new ModelFollowUp(chatModel());
        };
    }

    /** Finds passages in one look, by another fusion than the settings', to compare them. */
    public Retriever retriever(Fusion fusion) {
        requireDocuments();
        return new KnownFields(
                remarked(new HybridRetriever(
                        index(), indexEncoder(), fusion, settings().retrieval().selection())),
                index());
    }

    /**
     * The re-ranker that the settings name.
     *
     * @throws MendableException if they name none, or it cannot be loaded
     */
    public ScoringModel reranker() {
        if (reranker.isEmpty()) {
            reranker = Optional.of(Rerankers.open(workspace));
        }
        return reranker.get();
    }

    /** The workspace that this is. */
    public Workspace workspace() {
        return workspace;
    }

    /** The folders and files that the documents come from, absolute. */
    public List<Path> sources() {
        return workspace.sources().all();
    }

    /** Answers questions; fails as {@link #retriever()} does. */
    public Answerer answerer() {
        return answerer(model -> model);
    }

    /**
     * The same, with something around the language model, as to count its tokens.
     *
     * @param around is not asked where there is no language model
     */
    public Answerer answerer(UnaryOperator<StreamingChatModel> around) {
        var documents = documentsAnswerer(around);
        if (!settings().answer().routing()) {
            return documents;
        }
        var filtered = settings().retrieval().filtersFromQuestion();
        var router = new QuestionRouter(
                index(), sentenceEncoder(), question -> filtered && ScopedRetriever.mayName(question));
        return new RoutingAnswerer(router, documents);
    }

    private Answerer documentsAnswerer(UnaryOperator<StreamingChatModel> around) {
        var model = settings().model();
        if (model.provider() != ModelSettings.Provider.NONE) {
            var retriever = retriever();
            var language = languageModel();
            return new GroundedAnswerer(
                    retriever,
                    around.apply(language.model()),
                    language.prompts(),
                    new GroundedAnswerer.Settings(settings().answer().passages(), model.timeout()),
                    Optional.of(new Surroundings(index(), settings().retrieval().surroundings())));
        }
        var answer = settings().answer();
        var defaults = ExtractiveAnswerer.Options.DEFAULT;
        return new ExtractiveAnswerer(
                retriever(),
                index(),
                sentenceEncoder(),
                new ExtractiveAnswerer.Options(
                        answer.passages(), answer.sentences(), defaults.margin(), answer.strictness()),
                settings().retrieval().surroundings());
    }

    /**
     * Answers from the documents whatever is asked, and reports with {@link dev.tandem.answering.answer.Trace#margin} by how
     * much each question is above the threshold at which it is declined.
     *
     * @throws MendableException if a language model answers, which decides for itself
     */
    public Answerer thresholdAnswerer() {
        if (settings().model().provider() != ModelSettings.Provider.NONE) {
            throw new MendableException(
                    "In " + workspace.folder() + " a language model answers and decides for itself what it"
                            + " declines: answer.strictness is for workspaces without `model:` in tandem.yaml.");
        }
        return documentsAnswerer(model -> model);
    }

    /**
     * Brings the index up to date.
     *
     * @param added sources to ingest alone, and to remember; none for all that the workspace has
     * @param rebuild whether to make the index anew from all sources
     */
    public IngestReport ingest(List<Path> added, boolean rebuild, Progress progress) {
        var sources = workspace.sources();
        var given = added.stream().map(Sources::absolute).toList();
        // A rebuild empties the index, so it needs every source, whichever is named.
        var chosen = given.isEmpty() || rebuild ? with(sources.all(), given) : given;
        if (chosen.isEmpty()) {
            throw new MendableException("Nothing to ingest: name a folder (`tandem ingest ~/docs`), or write it under"
                    + " documents.sources in " + workspace.folder().resolve(Workspace.SETTINGS_FILE) + ".");
        }
        var documents = settings().documents();
        var selection = new FileSelection(documents.include(), documents.exclude());
        try (var reader = reader()) {
            var lines = ConfiguredContextLines.open(workspace, this::chatModel);
            var report = new Ingester(
                            index(), reader, splitter(), encoder(), workspace.journalFile(), screening(), lines)
                    .ingest(new Ingester.Request(chosen, selection, rebuild), progress);
            sources.remember(given);
            encoders.remember();
            return report;
        }
    }

    /**
     * Removes a source's documents from the index and stops ingesting it.
     *
     * @return how many documents were removed
     */
    public int forget(Path source) {
        workspace.sources().forget(source);
        var absolute = Sources.absolute(source).toString();
        try (var snapshot = index().snapshot();
                var writing = index().write()) {
            var gone = snapshot.documents().stream()
                    .filter(document -> document.source().equals(absolute))
                    .toList();
            gone.forEach(document -> writing.delete(document.path()));
            if (!gone.isEmpty()) {
                writing.commit(snapshot.description());
                forgetLines();
            }
            return gone.size();
        }
    }

    private void forgetLines() {
        try (var now = index().snapshot()) {
            ConfiguredContextLines.retain(workspace, now.documents());
        }
    }

    /** The audit trail, whether or not the settings have `ask` write to it. */
    public AuditTrail trail() {
        return workspace.trail();
    }

    /** What is in the workspace, without loading a model. */
    public WorkspaceStatus status() {
        try (var snapshot = index().snapshot()) {
            return WorkspaceStatus.of(workspace, snapshot);
        }
    }

    /** Reads files by these settings' limits; for whoever asks to close. */
    public DocumentReader reader() {
        return new DocumentReader(limits());
    }

    /** How documents are split, in the tokens of the workspace's embedding model. */
    public PassageSplitter splitter() {
        var passages = settings().passages();
        ConfiguredContextLines.requireRoom(
                workspace, encoder().maxTokens(), encoder().id());
        return new PassageSplitter(
                new PassageSplitter.Settings(passages.tokens(), passages.overlap()), encoder()::countTokens);
    }

    /** The workspace's embedding model. */
    public RecentQuestions encoder() {
        return encoders.configured();
    }

    /**
     * The embedding model that the index was made with: the configured one, or, until the index is made anew for that, the one of the
     * last ingest.
     *
     * @throws MendableException if it is neither
     */
    public TextEncoder indexEncoder() {
        try (var snapshot = index().snapshot()) {
            return encoders.of(snapshot.description());
        }
    }

    /** Whether the index is of another model than the settings', and questions are answered all the same. */
    public boolean needsRebuild() {
        return indexEncoder() != encoder();
    }

    /**
     * The workspace's language model, for whole replies.
     *
     * @throws MendableException if the settings name none
     */
    public ChatModel chatModel() {
        requireLanguageModel();
        return languageModel().chat();
    }

    /** The same model for replies piece by piece. */
    public StreamingChatModel streamingModel() {
        requireLanguageModel();
        return languageModel().model();
    }

    /** The same model where it runs in this process, so that adapters can be loaded beside it; stays this workspace's. */
    public Optional<DecoderChatModel> modelHere() {
        requireLanguageModel();
        return languageModel().inProcess();
    }

    private void requireLanguageModel() {
        if (settings().model().provider() == ModelSettings.Provider.NONE) {
            throw new MendableException("The workspace " + workspace.folder()
                    + " has no language model: name one under model in tandem.yaml (docs/configuration.md).");
        }
    }

    private LanguageModel languageModel() {
        if (languageModel.isEmpty()) {
            languageModel = Optional.of(LanguageModel.open(workspace));
        }
        return languageModel.get();
    }

    /** Sentences are chosen by token vectors, which only the embedded model gives. */
    private TextEncoder sentenceEncoder() {
        if (settings().embedding().provider() == EmbeddingSettings.Provider.EMBEDDED) {
            return encoder();
        }
        if (sentenceEncoder.isEmpty()) {
            sentenceEncoder = Optional.of(OnnxTextEncoder.bundled());
        }
        return sentenceEncoder.get();
    }

    /** What looks through documents; the detector was fitted with the bundled encoder. */
    private Screening screening() {
        var policy = settings().documents().injection();
        return policy == InjectionPolicy.KEEP
                ? Screening.NONE
                : Screening.of(policy, new InjectionDetector(sentenceEncoder(), InjectionModel.shipped()));
    }

    private ReadingLimits limits() {
        var documents = settings().documents();
        return new ReadingLimits(
                documents.maxFileSize().bytes(), ReadingLimits.DEFAULT.characters(), documents.parseTimeout(), (int)
                        (documents.parseMemory().bytes() >> 20));
    }

    private void requireDocuments() {
        try (var snapshot = index().snapshot()) {
            if (snapshot.description().isNew()) {
                throw new MendableException("The workspace " + workspace.folder()
                        + " has no documents yet: ingest some with `tandem ingest ~/docs`.");
            }
        }
    }

    private WorkspaceSettings settings() {
        return workspace.settings();
    }

    private static List<Path> with(List<Path> sources, List<Path> given) {
        return java.util.stream.Stream.concat(sources.stream(), given.stream())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        try {
            index.ifPresent(PassageIndex::close);
        } finally {
            languageModel.ifPresent(LanguageModel::close);
            encoders.close();
            sentenceEncoder.ifPresent(TextEncoder::close);
            reranker.filter(OnnxCrossEncoder.class::isInstance)
                    .map(OnnxCrossEncoder.class::cast)
                    .ifPresent(OnnxCrossEncoder::close);
        }
    }
}
