package dev.tandem.server.engine;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.tandem.answering.answer.Answerer;
import dev.tandem.decoder.chat.ChatOptions;
import dev.tandem.decoder.chat.DecoderChatModel;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.ingest.IngestReport;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.models.embedding.RecentQuestions;
import dev.tandem.models.starter.Starter;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.RecordedAnswers;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.WorkspaceStatus;
import dev.tandem.workspace.settings.ModelSettings;
import dev.tandem.workspace.strategy.Approaches;
import dev.tandem.workspace.strategy.HybridOptions;
import dev.tandem.workspace.strategy.Strategies;
import dev.tandem.workspace.strategy.StrategyModels;
import dev.tandem.workspace.trail.AuditTrail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A workspace kept open: each part is made when it is first needed, once, and then shared. Safe for use by many threads.
 * Documents that are ingested meanwhile, here or by another process, are seen by the next question.
 */
public final class Engine implements AutoCloseable {
    /** What a model of this process may write where nobody says how much. */
    private static final int LONGEST_ANSWER = 256;

    private static final long CONFIGURATION_NANOS = Duration.ofSeconds(5).toNanos();

    private final OpenWorkspace open;
    private final Workspace workspace;
    private final ReentrantLock opening = new ReentrantLock();
    private final ReentrantLock ingesting = new ReentrantLock(true);
    private final AdapterFolders adapters;
    private final Set<String> loaded = new HashSet<>();
    private Optional<String> configuration = Optional.empty();
    private long configurationFound;
    private Optional<Answerer> answerer = Optional.empty();
    private Optional<Retriever> retriever = Optional.empty();
    private Optional<DecoderChatModel> base = Optional.empty();
    private Optional<DecoderChatModel> own = Optional.empty();
    private Optional<Strategy> hybrid = Optional.empty();

    public Engine(Workspace workspace) {
        this.workspace = workspace;
        this.open = new OpenWorkspace(workspace);
        this.adapters = new AdapterFolders(workspace.folder().resolve("adapters"));
    }

    /** The workspace that this is. */
    public Workspace workspace() {
        return workspace;
    }

    /**
     * Answers from the documents.
     *
     * @throws MendableException if there are none yet
     */
    public Answerer answerer() {
        openAnswerer(); // so that it fails here where there is nothing to answer from
        return Reopening.answerer(new Reopening<>(this::openAnswerer, this::reopen));
    }

    private Answerer openAnswerer() {
        return once(() -> answerer, made -> answerer = made, open::answerer);
    }

    /** Finds passages; fails as {@link #answerer()}. */
    public Retriever retriever() {
        openRetriever();
        return Reopening.retriever(new Reopening<>(this::openRetriever, this::reopen));
    }

    private Retriever openRetriever() {
        return once(() -> retriever, made -> retriever = made, open::retriever);
    }

    /** Has what searches made anew by the next question, since the index is of another embedding model now. */
    private void reopen() {
        locked(() -> {
            answerer = Optional.empty();
            retriever = Optional.empty();
            hybrid = Optional.empty();
            return true;
        });
    }

    /** Whether the settings name another embedding model than the index was made with, so that it should be made anew. */
    public boolean needsRebuild() {
        return locked(open::needsRebuild);
    }

    /** The strategy that answers are made by, as an evaluation asks it; for one thread, and its to close. */
    public Strategy strategy() {
        return locked(() -> Strategies.open(Strategies.DEFAULT, open, () -> {
            throw new IllegalStateException("The documents' strategy is made of no models");
        }));
    }

    /** The workspace's embedding model. */
    public RecentQuestions encoder() {
        return locked(open::encoder);
    }

    /** The workspace's index. */
    public PassageIndex index() {
        return locked(open::index);
    }

    /** The workspace's own documents, which come by upload; a source as soon as there are any. */
    public Path documentsFolder() {
        return workspace.documentsFolder();
    }

    /** Reads files as an ingest does; for whoever asks to close. */
    public DocumentReader reader() {
        return open.reader();
    }

    /** Where adapters are, a folder each. */
    public Path adapterFolder() {
        return adapters.folder();
    }

    /**
     * Brings the index up to date, while questions are answered from what it was before. One at a time; others wait.
     *
     * @param everything whether all sources are looked at, not the workspace's own documents alone
     * @param rebuild whether the index is made anew beside the old one, as for another embedding model
     * @throws MendableException if there are no sources, one is missing, or another process writes to the index
     */
    public IngestReport ingest(boolean everything, boolean rebuild, Progress progress) {
        ingesting.lock();
        try {
            // What an ingest shares with questions is made before it begins, under the lock that questions take.
            index();
            encoder();
            var sources = new LinkedHashSet<>(everything ? open.sources() : List.<Path>of());
            if (!everything || sources.contains(documentsFolder()) || Files.isDirectory(documentsFolder())) {
                sources.add(Files.createDirectories(documentsFolder()));
            }
            return open.ingest(List.copyOf(sources), rebuild, progress);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot make " + documentsFolder() + " (" + e + "): check who may write there.", e);
        } finally {
            ingesting.unlock();
        }
    }

    /** The workspace's audit trail. */
    public AuditTrail trail() {
        return open.trail();
    }

    /** The hash of everything that decides answers, as it was at most some seconds ago: finding it looks at every document. */
    public String answerConfiguration() {
        return locked(() -> {
            long now = System.nanoTime();
            if (configuration.isEmpty() || now - configurationFound > CONFIGURATION_NANOS) {
                configuration = Optional.of(RecordedAnswers.configuration(open));
                configurationFound = now;
            }
            return configuration.get();
        });
    }

    /** What the workspace holds, and whether it agrees with its files. */
    public WorkspaceStatus status() {
        return locked(open::status);
    }

    /** Makes what the first question would wait for; a workspace without documents has nothing to make. */
    public void warm() {
        if (hasDocuments()) {
            openAnswerer();
            locked(open::indexEncoder).encodeQuestion("warm");
        }
    }

    /** Whether anything was ingested yet. */
    public boolean hasDocuments() {
        try (var snapshot = index().snapshot()) {
            return !snapshot.description().isNew();
        }
    }

    /** The strategy that every workspace has: answers from the documents. */
    public ServedModel documents() {
        return new DocumentsModel(this::answerer, text -> encoder().countTokens(text));
    }

    /** Everything that a request may name as its model: strategies, then models. */
    public List<ServedModel> models() {
        var models = new ArrayList<ServedModel>();
        models.add(documents());
        newestTuned().ifPresent(folder -> models.add(new HybridModel(() -> hybrid(folder))));
        models.addAll(languageModels());
        return models;
    }

    /** A model by its name. */
    public Optional<ServedModel> model(String id) {
        return models().stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /**
     * A model of this process, which adapters are made for.
     *
     * @param name as requests name it
     */
    public record Base(String name, Path folder) {}

    /** The model that can be tuned; none where the language model is a server's. */
    public Optional<Base> tunable() {
        var settings = workspace.settings().model();
        return switch (settings.provider()) {
            case NONE -> Optional.of(new Base(Starter.NAME, modelFolder()));
            case IN_PROCESS -> Optional.of(new Base(lastName(settings.name().orElse(Starter.NAME)), modelFolder()));
            default -> Optional.empty();
        };
    }

    private List<ServedModel> languageModels() {
        var settings = workspace.settings().model();
        var silence = settings.timeout();
        return switch (settings.provider()) {
            case NONE -> here(Starter.NAME, silence);
            case IN_PROCESS -> here(lastName(settings.name().orElse(Starter.NAME)), silence);
            default ->
                List.of(new LanguageModelServed(
                        settings.name().orElse("model"),
                        Optional.empty(),
                        () -> locked(open::streamingModel),
                        silence));
        };
    }

    private List<ServedModel> here(String name, Duration silence) {
        var models = new ArrayList<ServedModel>();
        models.add(new LanguageModelServed(name, Optional.of(""), this::base, silence));
        for (var adapter : adapters.all()) {
            models.add(new LanguageModelServed(
                    adapter.name(), Optional.of(adapter.name()), () -> baseWith(adapter), silence));
        }
        return models;
    }

    /** The base of this process: the one that tandem.yaml names, or the starter. */
    private DecoderChatModel base() {
        return once(() -> base, made -> base = made, () -> {
            if (workspace.settings().model().provider() == ModelSettings.Provider.IN_PROCESS) {
                return open.modelHere().orElseThrow();
            }
            var defaults = ChatRequestParameters.builder()
                    .maxOutputTokens(LONGEST_ANSWER)
                    .build();
            var model = DecoderChatModel.open(
                    starter(), Map.of(), ChatOptions.standard().withDefaults(defaults));
            own = Optional.of(model);
            return model;
        });
    }

    /** The base with one more adapter in memory; one whose folder was written anew since is loaded anew. */
    private DecoderChatModel baseWith(AdapterFolders.Found adapter) {
        var model = base();
        return locked(() -> {
            if (loaded.contains(adapter.version())) {
                return model;
            }
            if (model.names().contains(adapter.name())) {
                model.unload(adapter.name());
            }
            model.load(adapter.name(), adapter.folder());
            loaded.add(adapter.version());
            return model;
        });
    }

    private Optional<AdapterFolders.Found> newestTuned() {
        return adapters.all().stream()
                .filter(adapter -> adapter.training().isPresent())
                .max(Comparator.comparing(AdapterFolders.Found::changed));
    }

    private Strategy hybrid(AdapterFolders.Found adapter) {
        return once(
                () -> hybrid,
                made -> hybrid = made,
                () -> new Approaches(
                                open,
                                new StrategyModels(
                                        modelFolder(),
                                        Optional.of(adapter.folder()),
                                        adapter.training(),
                                        StrategyModels.DEFAULT_SHOTS,
                                        HybridOptions.DEFAULT))
                        .open(Approaches.HYBRID));
    }

    private Path modelFolder() {
        var settings = workspace.settings().model();
        return settings.provider() == ModelSettings.Provider.IN_PROCESS
                ? workspace.resolve(settings.name().orElseThrow())
                : starter();
    }

    private static Path starter() {
        return Starter.bundled().folder(Starter.cache(System.getenv()));
    }

    private static String lastName(String folder) {
        return String.valueOf(Path.of(folder).normalize().getFileName());
    }

    private <T> T once(Supplier<Optional<T>> known, Consumer<Optional<T>> keep, Supplier<T> make) {
        return locked(() -> known.get().orElseGet(() -> {
            var made = make.get();
            keep.accept(Optional.of(made));
            return made;
        }));
    }

    private <T> T locked(Supplier<T> work) {
        opening.lock();
        try {
            return work.get();
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void close() {
        try {
            hybrid.ifPresent(Strategy::close);
            own.ifPresent(DecoderChatModel::close);
        } finally {
            open.close();
        }
    }
}
