package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.ApproachKind;
import dev.tandem.evaluation.compare.QualityScore;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.compare.FreshFact.Finding;
import dev.tandem.workspace.strategy.Approaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * Changes one fact in a copy of the documents and looks how long each approach takes to answer with it. The fact is of a case that
 * retrieval answered rightly, whose answer has a whole number and stands in one text document alone.
 *
 * @param approaches of the workspace, before anything was tuned
 * @param runs what was measured
 */
record FreshFactTrial(OpenWorkspace workspace, Approaches approaches, List<ApproachRun> runs) {
    private static final double NANOS = 1e9;

    /**
     * Tries it.
     *
     * @throws MendableException if there is no such case, or the documents are too many
     */
    FreshFact run(Progress progress, BooleanSupplier cancelled) {
        var documents = copyable();
        try (var copy = DocumentsCopy.of(workspace.workspace(), documents);
                var open = copy.open()) {
            var chosen = chosen(copy);
            double ingest = ingest(open, copy, progress);
            var asked = new ArrayList<Asked>();
            try {
                for (var run : runs) {
                    if (retrieves(run.kind())) {
                        asked.add(new Asked(run, opened(run, open)));
                    }
                }
                return changed(chosen, copy, open, ingest, asked, cancelled);
            } finally {
                asked.forEach(each -> each.strategy().close());
            }
        }
    }

    /** The question whose answer is changed. */
    private record Chosen(TestCase testCase, String document, ChangedFact fact) {}

    /** An approach over the copy. */
    private record Asked(ApproachRun run, Strategy strategy) {}

    private List<IndexedDocument> copyable() {
        try (var snapshot = workspace.index().snapshot()) {
            var documents = snapshot.documents();
            long bytes = documents.stream().mapToLong(each -> each.size()).sum();
            if (documents.size() > DocumentsCopy.MOST_DOCUMENTS || bytes > DocumentsCopy.MOST_BYTES) {
                throw new MendableException(String.format(
                        Locale.ROOT,
                        "The test with a fresh fact ingests a copy of all documents, and %,d documents of %,d MB are too"
                                + " many for that (%,d and %,d at most).",
                        documents.size(),
                        bytes >> 20,
                        DocumentsCopy.MOST_DOCUMENTS,
                        DocumentsCopy.MOST_BYTES >> 20));
            }
            return documents;
        }
    }

    private Chosen chosen(DocumentsCopy copy) {
        var right = runs.stream()
                .filter(run -> run.kind() == ApproachKind.RAG)
                .findFirst()
                .or(() -> runs.stream().filter(run -> retrieves(run.kind())).findFirst())
                .orElseThrow(() -> new MendableException(
                        "Nothing that was measured reads documents, so no fresh fact can be tried."));
        var scores = right.scores();
        return right.examples().stream()
                .map(example -> example.testCase())
                .filter(testCase ->
                        testCase.type() == QuestionType.ANSWERABLE || testCase.type() == QuestionType.CHANGED)
                .filter(testCase -> scores.getOrDefault(testCase.id(), 0.0) == 1)
                .flatMap(testCase -> chosen(testCase, copy).stream())
                .findFirst()
                .orElseThrow(() -> new MendableException("No question that " + right.name()
                        + " answers has a whole number as its answer that stands in one text document alone, so no"
                        + " fresh fact could be tried."));
    }

    private static Optional<Chosen> chosen(TestCase testCase, DocumentsCopy copy) {
        return testCase.answers().stream()
                .flatMap(answer -> ChangedFact.of(List.of(answer), copy::holds).stream())
                .flatMap(fact -> only(fact.before(), copy)
                        .filter(document -> testCase.documents().contains(document))
                        .map(document -> new Chosen(testCase, document, fact))
                        .stream())
                .findFirst();
    }

    /** The document in which a text stands, if it is one alone. */
    private static Optional<String> only(String text, DocumentsCopy copy) {
        var holding = copy.texts().entrySet().stream()
                .filter(document -> document.getValue().contains(text))
                .map(Map.Entry::getKey)
                .toList();
        return holding.size() == 1 ? Optional.of(holding.getFirst()) : Optional.empty();
    }

    private static boolean retrieves(ApproachKind kind) {
        return kind == ApproachKind.RAG || kind == ApproachKind.HYBRID;
    }

    private Strategy opened(ApproachRun run, OpenWorkspace open) {
        var over = approaches.over(open);
        return run.tuned()
                .map(tuned -> over.withTuned(tuned.folder()))
                .orElse(over)
                .open(run.kind() == ApproachKind.HYBRID ? Approaches.HYBRID : Approaches.RAG);
    }

    private static double ingest(OpenWorkspace open, DocumentsCopy copy, Progress progress) {
        return open.ingest(copy.sources(), false, progress).elapsed().toNanos() / NANOS;
    }

    private FreshFact changed(
            Chosen chosen,
            DocumentsCopy copy,
            OpenWorkspace open,
            double ingest,
            List<Asked> asked,
            BooleanSupplier cancelled) {
        // Asked once before, so that what is only slow the first time does not count as time to learn.
        asked.forEach(each -> ask(each, chosen.testCase()));
        copy.replace(chosen.document(), chosen.fact().before(), chosen.fact().after());
        double update = ingest(open, copy, Progress.silent());
        var findings = new ArrayList<Finding>();
        for (var run : runs) {
            if (cancelled.getAsBoolean()) {
                break;
            }
            findings.add(asked.stream()
                    .filter(each -> each.run().name().equals(run.name()))
                    .findFirst()
                    .map(each -> tried(each, chosen, update))
                    .orElseGet(() -> untried(run)));
        }
        return new FreshFact(
                chosen.testCase().id(),
                chosen.testCase().question(),
                chosen.document(),
                chosen.fact().before(),
                chosen.fact().after(),
                ingest,
                update,
                findings);
    }

    private static Optional<StrategyAnswer> ask(Asked asked, TestCase testCase) {
        try {
            return Optional.of(asked.strategy().answer(testCase));
        } catch (MendableException e) {
            return Optional.empty();
        }
    }

    private static Finding tried(Asked asked, Chosen chosen, double update) {
        long began = System.nanoTime();
        var answer = ask(asked, chosen.testCase());
        double seconds = update + (System.nanoTime() - began) / NANOS;
        boolean knows = answer.isPresent()
                && contains(chosen, chosen.fact().after(), answer.get())
                && !contains(chosen, chosen.fact().before(), answer.get());
        var name = asked.run().name();
        return new Finding(
                name,
                knows,
                knows ? OptionalDouble.of(seconds) : OptionalDouble.empty(),
                true,
                answer.map(StrategyAnswer::text).orElse(""),
                knows
                        ? String.format(
                                Locale.ROOT,
                                "%s answers with the new fact %.1f s after the document changed: it was ingested again"
                                        + " (%.1f s) and the question asked.",
                                name,
                                seconds,
                                update)
                        : name + " did not answer with the new fact after the document was ingested again.");
    }

    private static boolean contains(Chosen chosen, String fact, StrategyAnswer answer) {
        var testCase = chosen.testCase();
        return QualityScore.of(
                                new TestCase(
                                        testCase.id(),
                                        testCase.question(),
                                        List.of(fact),
                                        testCase.documents(),
                                        QuestionType.ANSWERABLE,
                                        testCase.filter(),
                                        testCase.difficulty(),
                                        testCase.topic(),
                                        testCase.origin(),
                                        testCase.reviewed()),
                                answer)
                        .orElse(0)
                == 1;
    }

    private static Finding untried(ApproachRun run) {
        var seconds = run.tuned().map(Tuned::seconds).orElse(OptionalDouble.empty());
        var sentence = run.kind() == ApproachKind.FINE_TUNED
                ? run.name() + " reads no documents: it would have to be tuned again on examples that hold the new fact"
                        + (seconds.isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        "; the last tuning took %.0f s. It was not run again here.",
                                        seconds.getAsDouble())
                                : ". That was not run here.")
                : run.name() + " reads no documents: it never knows the new fact unless the question tells it.";
        return new Finding(run.name(), false, seconds, false, "", sentence);
    }
}
