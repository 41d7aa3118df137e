package dev.tandem.bench;

import dev.tandem.bench.injection.Case;
import dev.tandem.bench.injection.Corpus;
import dev.tandem.bench.injection.Fit;
import dev.tandem.bench.injection.RememberingEncoder;
import dev.tandem.bench.injection.Tally;
import dev.tandem.knowledge.injection.InjectionDetector;
import dev.tandem.knowledge.injection.InjectionModel;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many planted attacks are flagged, how many clean documents, and what looking costs. First by cross-validation: kinds of
 * attack and documents of the handbook are in five folds, and each is judged by a model, threshold included, that was fitted
 * without its fold; later weeks of the handbook by the model without the fold of their paths. Then the shipped model on
 * collections that nothing was ever fitted to.
 *
 * <p>Arguments: the folder of data; optionally any word to print what was missed or flagged wrongly.
 */
public final class InjectionDetection {
    private InjectionDetection() {}

    public static void main(String[] arguments) throws IOException {
        boolean verbose = arguments.length > 1;
        try (var bundled = OnnxTextEncoder.bundled()) {
            var encoder = new RememberingEncoder(bundled);
            try (var corpus = new Corpus(Path.of(arguments[0]), encoder)) {
                measure(corpus, encoder, verbose);
                cost(corpus.clean(), bundled);
            }
        }
    }

    static void measure(Corpus corpus, TextEncoder encoder, boolean verbose) throws IOException {
        var clean = corpus.clean();
        var later = corpus.laterWeeks();
        crossValidation(corpus, clean, later, encoder, verbose);
        var shipped = new InjectionDetector(encoder, InjectionModel.shipped());
        var never = new Tally("the shipped model on what nothing was fitted to", verbose);
        corpus.neverFitted().forEach(each -> never.clean(each, shipped));
        never.print();
        var fitted = new Tally("the shipped model on what it was fitted to, and later weeks of it", verbose);
        clean.forEach(each -> fitted.clean(each, shipped));
        later.forEach(each -> fitted.clean(each, shipped));
        fitted.print();
    }

    private static void crossValidation(
            Corpus corpus, List<Case> clean, List<Case> later, TextEncoder encoder, boolean verbose)
            throws IOException {
        var cases = new ArrayList<>(clean);
        cases.addAll(corpus.attacks());
        var tests = corpus.tests();
        var tally = new Tally("cross-validation by kind of attack and by document", verbose);
        for (int fold = 0; fold < Corpus.FOLDS; fold++) {
            int heldOut = fold;
            var model =
                    Fit.of(cases.stream().filter(each -> each.fold() != heldOut).toList());
            System.out.printf("fold %d: threshold %.4f%n", fold, model.threshold());
            var detector = new InjectionDetector(encoder, model);
            tests.stream().filter(test -> test.planted().fold() == heldOut).forEach(test -> tally.attack(test, model));
            for (var documents : List.of(clean, later)) {
                documents.stream().filter(each -> each.fold() == heldOut).forEach(each -> tally.clean(each, detector));
            }
        }
        tally.print();
    }

    /** What an ingest computes for a collection, without and with the look. */
    private static void cost(List<Case> clean, TextEncoder encoder) {
        var documents =
                clean.stream().filter(each -> each.group().equals("kb-18f")).toList();
        var detector = new InjectionDetector(encoder, InjectionModel.shipped());
        long start = System.nanoTime();
        for (var each : documents) {
            encoder.encodePassages(
                    each.split().passages().stream().map(Context::embedded).toList());
        }
        long embedded = System.nanoTime();
        documents.forEach(
                each -> detector.find(each.split().document(), each.split().passages()));
        long looked = System.nanoTime();
        System.out.printf(
                "%ncost on %d documents: passages embedded in %.1f s, looked through in %.1f s (%.1f ms a document): %.0f%% more%n",
                documents.size(),
                (embedded - start) / 1e9,
                (looked - embedded) / 1e9,
                (looked - embedded) / 1e6 / documents.size(),
                100.0 * (looked - embedded) / (embedded - start));
    }
}
