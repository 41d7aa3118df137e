package dev.tandem.bench;

import dev.tandem.bench.injection.Attack;
import dev.tandem.bench.injection.Collections;
import dev.tandem.bench.injection.Planted;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.injection.Injection;
import dev.tandem.knowledge.injection.InjectionDetector;
import dev.tandem.knowledge.injection.InjectionModel;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How many planted attacks the detector flags, by kind, and how many clean documents and passages. Attacks of BIPIA's files
 * are planted before, within and behind letters that were not fitted on and paragraphs of another collection (XQuAD).
 *
 * <p>Arguments: the folder of data; optionally any word to print what was missed or flagged wrongly.
 */
public final class InjectionDetection {
    private static final int PLACES = 3;

    private InjectionDetection() {}

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[0]);
        boolean verbose = arguments.length > 1;
        try (var encoder = OnnxTextEncoder.bundled();
                var reader = new DocumentReader(ReadingLimits.DEFAULT)) {
            var splitter = new PassageSplitter(new PassageSplitter.Settings(384, 0), encoder::countTokens);
            var collections = new Collections(reader, splitter);
            var detector = new InjectionDetector(encoder, InjectionModel.shipped());
            for (var file : List.of(
                    "text_attack_test.json",
                    "code_attack_test.json",
                    "text_attack_train.json",
                    "code_attack_train.json")) {
                var path = data.resolve("bipia").resolve(file);
                if (Files.exists(path)) {
                    attacks(file, Attack.bipia(path), contexts(data, collections), collections, detector, verbose);
                }
            }
            System.out.printf("%n%-34s %10s %10s%n", "clean", "documents", "passages");
            var handbook = collections.folder(data.resolve("kb-18f/week-00"), 10_000);
            clean("kb-18f, half not fitted on", Collections.half(handbook, 1), detector, verbose);
            clean("kb-18f, half fitted on", Collections.half(handbook, 0), detector, verbose);
            clean(
                    "kb-18f, later weeks, not fitted on",
                    Collections.half(later(data, collections), 1),
                    detector,
                    verbose);
            clean("product-docs-qa", collections.beir(data.resolve("beir/product-docs-qa"), 10_000), detector, verbose);
            clean("xquad-en", collections.beir(data.resolve("beir/xquad-en"), 10_000), detector, verbose);
            clean("npl", collections.beir(data.resolve("beir/npl"), 1000), detector, verbose);
            clean(
                    "docs-docling, Markdown",
                    collections.folder(data.resolve("docs-docling/md"), 1000),
                    detector,
                    verbose);
            clean("docs-docling, other formats", other(data, collections), detector, verbose);
            clean(
                    "shop sample (fitted on)",
                    collections.folder(Path.of("samples/shop/documents"), 100),
                    detector,
                    verbose);
        }
    }

    private static List<String> contexts(Path data, Collections collections) throws IOException {
        var contexts = new ArrayList<String>();
        var letters = Collections.letters(data.resolve("bipia/email/train.jsonl"));
        var others = Planted.texts(collections.beir(data.resolve("beir/xquad-en"), 25));
        for (int i = 1; i < letters.size(); i += 2) {
            contexts.add(letters.get(i));
            contexts.add(others.get(i / 2 % others.size()));
        }
        return contexts;
    }

    private static void attacks(
            String name,
            List<Attack> attacks,
            List<String> contexts,
            Collections collections,
            InjectionDetector detector,
            boolean verbose) {
        var kinds = new TreeMap<String, int[]>();
        int number = 0;
        for (var attack : attacks) {
            for (int place = 0; place < PLACES; place++) {
                for (int each = 0; each < 2; each++) {
                    var context = contexts.get((number * 6 + place * 2 + each) % contexts.size());
                    var planted = collections.split("letter.txt", "letter", Planted.in(context, attack, place, number));
                    var score = detector.find(planted.document(), planted.passages()).stream()
                            .filter(flag -> Planted.holds(flag.text(), attack))
                            .mapToDouble(Injection::score)
                            .max();
                    boolean found = score.isPresent();
                    if (verbose && found) {
                        System.out.printf("  found %.4f: %s%n", score.getAsDouble(), attack.kind());
                    }
                    var count = kinds.computeIfAbsent(attack.kind(), kind -> new int[2]);
                    count[1]++;
                    if (found) {
                        count[0]++;
                    } else if (verbose) {
                        System.out.printf(
                                "  missed (%d): %s%n", place, attack.text().replace('\n', ' '));
                    }
                }
            }
            number++;
        }
        System.out.printf("%n%-34s flagged%n", name);
        kinds.forEach((kind, count) ->
                System.out.printf("%-34s %5.1f%%  %d of %d%n", kind, 100.0 * count[0] / count[1], count[0], count[1]));
        int flagged = kinds.values().stream().mapToInt(count -> count[0]).sum();
        int all = kinds.values().stream().mapToInt(count -> count[1]).sum();
        System.out.printf("%-34s %5.1f%%  %d of %d%n", "all", 100.0 * flagged / all, flagged, all);
    }

    private static void clean(
            String name, List<Collections.Split> documents, InjectionDetector detector, boolean verbose) {
        int flaggedDocuments = 0;
        int flaggedPassages = 0;
        int passages = 0;
        for (var each : documents) {
            passages += each.passages().size();
            var found = detector.find(each.document(), each.passages());
            flaggedDocuments += found.isEmpty() ? 0 : 1;
            flaggedPassages +=
                    (int) found.stream().mapToInt(Injection::passage).distinct().count();
            if (verbose) {
                found.forEach(flag -> System.out.printf(
                        "  flagged %.4f in %s: %s%n",
                        flag.score(), each.document().path(), flag.text().replace('\n', ' ')));
            }
        }
        System.out.printf(
                "%-34s %4d/%-5d %4d/%-6d (%.2f%% of documents)%n",
                name,
                flaggedDocuments,
                documents.size(),
                flaggedPassages,
                passages,
                100.0 * flaggedDocuments / Math.max(1, documents.size()));
    }

    private static List<Collections.Split> later(Path data, Collections collections) throws IOException {
        var documents = new ArrayList<Collections.Split>();
        for (int week = 1; week <= 12; week++) {
            documents.addAll(collections.folder(data.resolve(String.format("kb-18f/week-%02d", week)), 10_000));
        }
        return documents;
    }

    private static List<Collections.Split> other(Path data, Collections collections) throws IOException {
        var documents = new ArrayList<Collections.Split>();
        for (var format : List.of("latex", "odf", "pdf", "pptx", "xlsx", "csv", "epub")) {
            documents.addAll(collections.folder(data.resolve("docs-docling").resolve(format), 10_000));
        }
        return documents;
    }
}
