package dev.tandem.workspace.sweep;

import dev.tandem.evaluation.metric.Qrels;
import dev.tandem.evaluation.metric.RetrievalMeasure;
import dev.tandem.evaluation.retrieval.CorpusIndex;
import dev.tandem.evaluation.retrieval.RankingFunction;
import dev.tandem.evaluation.retrieval.RetrievalEvaluation;
import dev.tandem.evaluation.sweep.Configuration;
import dev.tandem.evaluation.sweep.Halves;
import dev.tandem.evaluation.sweep.SweepResult;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestQuery;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.retrieval.Fusion;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.PassageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Searches retrieval configurations on a workspace's questions. Each way to split gets an index of its own in a temporary
 * folder; the workspace's index is only read. For one use.
 */
public final class Sweep {
    private final Workspace workspace;
    private final List<Path> sources;
    private final SweepRequest request;
    private final Progress progress;
    private final BooleanSupplier stop;
    private final List<TestCase> questions;
    private final Map<String, Filter> filters;

    /**
     * Makes a sweep.
     *
     * @param stop asked again and again; once it is true, what was measured so far is the result
     */
    public Sweep(OpenWorkspace open, SweepRequest request, Progress progress, BooleanSupplier stop) {
        this.workspace = open.workspace();
        this.sources = open.sources();
        this.request = request;
        this.progress = progress;
        this.stop = stop;
        this.questions = request.testSet().cases().stream()
                .filter(question -> !question.documents().isEmpty())
                .toList();
        this.filters = questions.stream()
                .filter(question -> question.filter().isPresent())
                .collect(Collectors.toMap(
                        TestCase::id,
                        question -> FilterParser.parse(question.filter().orElseThrow())));
    }

    /** The configuration that a workspace's settings are. */
    public static Configuration present(Workspace workspace) {
        var passages = workspace.settings().passages();
        return new Configuration(
                passages.tokens(),
                passages.overlap(),
                workspace.settings().retrieval().fusion());
    }

    /**
     * Measures the present configuration, then the others until the budget is spent.
     *
     * @throws MendableException if the questions cannot be divided, name unknown documents, or nothing could be measured
     */
    public SweepResult run() {
        var halves = Halves.of(questions, request.seed());
        if (halves.choosing().isEmpty() || halves.reporting().isEmpty()) {
            throw new MendableException(request.testSet().file() + " has too few questions that name documents, or all"
                    + " name the same: write questions about other documents, so that a configuration can be chosen on"
                    + " one half and measured on the other.");
        }
        if (sources.isEmpty()) {
            throw new MendableException("The workspace " + workspace.folder()
                    + " has no documents yet: ingest some with `tandem ingest ~/docs`.");
        }
        var present = present(workspace);
        var all = new LinkedHashSet<Configuration>();
        all.add(present);
        all.addAll(request.configurations());
        var values = measured(new ArrayList<>(all), present);
        if (!values.containsKey(present)) {
            throw new MendableException(
                    "Stopped before the present settings were measured: nothing can be compared; run it again.");
        }
        var leftOut = all.stream()
                .filter(configuration -> !values.containsKey(configuration))
                .toList();
        return SweepResult.of(request.metric(), halves, values, present, leftOut, request.seed());
    }

    private Map<Configuration, Map<String, Double>> measured(List<Configuration> left, Configuration present) {
        long start = System.nanoTime();
        var values = new LinkedHashMap<Configuration, Map<String, Double>>();
        // Without the present configuration there is nothing to compare with: no budget cuts it off.
        BooleanSupplier over = () -> stop.getAsBoolean() || values.containsKey(present) && spent(start);
        while (!left.isEmpty() && !over.getAsBoolean()) {
            var first = left.getFirst();
            var together =
                    left.stream().filter(other -> other.sharesIndexWith(first)).toList();
            left.removeAll(together);
            try {
                measure(together, over, values);
            } catch (RuntimeException e) {
                // However the cancellation came through the threads of the work, it is no failure.
                if (!over.getAsBoolean()) {
                    throw e;
                }
            }
        }
        return values;
    }

    private boolean spent(long start) {
        return request.budget()
                .filter(budget -> Duration.ofNanos(System.nanoTime() - start).compareTo(budget) > 0)
                .isPresent();
    }

    /** Configurations that share an index, which is built for them and thrown away. */
    private void measure(
            List<Configuration> together, BooleanSupplier over, Map<Configuration, Map<String, Double>> values) {
        var first = together.getFirst();
        var place = temporaryFolder();
        var name = " (" + first.tokens() + " tokens, overlap " + first.overlap() + ")";
        var settings = workspace
                .settings()
                .withPassages(
                        new PassageSettings(first.tokens(), first.overlap(), PassageSettings.ContextSource.HEADINGS));
        try (var open = new OpenWorkspace(new Workspace(place, settings))) {
            open.ingest(sources, false, stoppable(name, over));
            requireKnownDocuments(open);
            for (var configuration : together) {
                var fusion = configuration.fusion();
                values.put(configuration, ask(open, fusion, stoppable(name + " " + fusion.key(), over)));
            }
        } finally {
            delete(place);
        }
    }

    private Map<String, Double> ask(OpenWorkspace open, Fusion fusion, Progress shown) {
        var queries = questions.stream()
                .map(question -> new TestQuery(question.id(), question.question()))
                .toList();
        var qrels = new Qrels(questions.stream()
                .collect(Collectors.toMap(
                        TestCase::id,
                        question -> question.documents().stream()
                                .distinct()
                                .collect(Collectors.toMap(path -> path, path -> Qrels.RELEVANT)),
                        (one, other) -> one,
                        LinkedHashMap::new)));
        var asked = new RetrievalEvaluation.Questions(request.testSet().file().toString(), "all", queries, qrels);
        return RetrievalEvaluation.standard()
                .evaluate(asked, ranking(open.retriever(fusion)), shown)
                .metrics()
                .perQuery(measure(request.metric()));
    }

    private RankingFunction ranking(Retriever retriever) {
        return (id, text, depth) -> CorpusIndex.ranking(
                        (question, count, all) -> retriever.retrieve(question, count, filters.getOrDefault(id, all)))
                .rank(id, text, depth);
    }

    /**
     * A measure by its name.
     *
     * @throws MendableException if retrieval is not measured by it
     */
    public static RetrievalMeasure measure(String name) {
        var measures = RetrievalEvaluation.measures();
        return measures.stream()
                .filter(measure -> measure.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new MendableException("--metric " + name + " is none: choose one of "
                        + measures.stream().map(RetrievalMeasure::label).collect(Collectors.joining(", ")) + "."));
    }

    /** A path that is spelt otherwise than in the index would count as never found, everywhere alike. */
    private void requireKnownDocuments(OpenWorkspace open) {
        try (var snapshot = open.index().snapshot()) {
            var known = snapshot.documents().stream().map(IndexedDocument::path).collect(Collectors.toSet());
            for (var question : questions) {
                for (var document : question.documents()) {
                    if (!known.contains(document)) {
                        throw new MendableException("Question " + question.id() + " of "
                                + request.testSet().file() + " names the document " + document
                                + ", which the workspace's sources do not have: write it as `tandem search` shows it.");
                    }
                }
            }
        }
    }

    private Progress stoppable(String name, BooleanSupplier over) {
        return (label, total, unit) -> {
            var task = progress.start(label + name, total, unit);
            return new Progress.Task() {
                @Override
                public void step(long steps) {
                    if (over.getAsBoolean()) {
                        throw new CancellationException("The sweep was stopped");
                    }
                    task.step(steps);
                }

                @Override
                public void total(long known) {
                    task.total(known);
                }

                @Override
                public void before(long steps) {
                    task.before(steps);
                }

                @Override
                public void note(String words) {
                    task.note(words);
                }

                @Override
                public void close() {
                    task.close();
                }
            };
        };
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("tandem-sweep");
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot make a temporary folder (" + e + "): free some space there, or set TMPDIR.", e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
