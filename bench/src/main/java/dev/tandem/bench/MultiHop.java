package dev.tandem.bench;

import dev.tandem.bench.hops.ManyDocuments;
import dev.tandem.evaluation.retrieval.CorpusIndex;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.knowledge.retrieval.Fusion;
import dev.tandem.knowledge.retrieval.GapFollowUp;
import dev.tandem.knowledge.retrieval.HybridRetriever;
import dev.tandem.knowledge.retrieval.MultiHopRetriever;
import dev.tandem.knowledge.retrieval.Retrieval;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All-evidence recall: for how many questions every document that they need is among the first 3, 5 and 10 passages, with no,
 * one and two further looks, together and by what the collection calls a question's type; then what further looks do to questions
 * that need one document. And what a look costs.
 *
 * <p>Arguments: a folder to keep the indexes in, the most questions of a kind, the shop sample's folder, then BEIR folders
 * with questions.jsonl. Questions that name several documents are taken as they are; of collections whose questions name one,
 * two are joined by "and", or linked as in MuSiQue.
 */
public final class MultiHop {
    private static final PassageSplitter.Settings PASSAGES = new PassageSplitter.Settings(384, 0);
    private static final int[] PLACES = {3, 5, 10};
    private static final int MOST_HOPS = 2;

    private MultiHop() {}

    public static void main(String[] arguments) throws IOException {
        var keep = Path.of(arguments[0]);
        int most = Integer.parseInt(arguments[1]);
        System.out.printf(
                "%-34s %5s %5s %7s %7s %7s %6s %7s%n",
                "questions", "n", "hops", "all@3", "all@5", "all@10", "taken", "ms/hop");
        shop(keep.resolve("shop"), Path.of(arguments[2]), most);
        try (var encoder = OnnxTextEncoder.bundled()) {
            for (var argument : Arrays.asList(arguments).subList(3, arguments.length)) {
                collection(Path.of(argument), keep, encoder, most);
            }
        }
    }

    private static void shop(Path place, Path sample, int most) throws IOException {
        try (var open = new OpenWorkspace(new Workspace(Files.createDirectories(place), WorkspaceSettings.DEFAULTS))) {
            if (isNew(open.index())) {
                open.ingest(List.of(sample.resolve("documents")), false, Progress.silent());
            }
            var questions = sample.resolve("questions.jsonl");
            measure("shop, as written", ManyDocuments.named(questions), open.index(), open.encoder(), most);
            measure(
                    "shop, linked by a document",
                    ManyDocuments.named(sample.resolve("questions-linked.jsonl")),
                    open.index(),
                    open.encoder(),
                    most);
            measure("shop, one document", ManyDocuments.single(questions), open.index(), open.encoder(), most);
        }
    }

    private static void collection(Path folder, Path keep, OnnxTextEncoder encoder, int most) throws IOException {
        var beir = BeirFolder.open(folder, BeirFolder.TEST);
        var place =
                Files.createDirectories(keep.resolve(beir.name() + "-" + PASSAGES.tokens() + "-" + PASSAGES.overlap()));
        try (var index = LucenePassageIndex.open(place)) {
            if (isNew(index)) {
                var splitter = new PassageSplitter(PASSAGES, encoder::countTokens);
                CorpusIndex.build(beir, index, splitter, encoder, Progress.silent());
            }
            var questions = folder.resolve("questions.jsonl");
            var named = ManyDocuments.named(questions);
            if (named.isEmpty()) {
                measure(beir.name() + ", joined", ManyDocuments.joined(questions), index, encoder, most);
                measure(beir.name() + ", linked", ManyDocuments.linked(questions), index, encoder, most);
            } else {
                measure(beir.name() + ", as written", named, index, encoder, most);
            }
            measure(beir.name() + ", one document", ManyDocuments.single(questions), index, encoder, most);
        }
    }

    private static boolean isNew(PassageIndex index) {
        try (var snapshot = index.snapshot()) {
            return snapshot.description().isNew();
        }
    }

    private static void measure(
            String name, List<ManyDocuments.Needing> given, PassageIndex index, TextEncoder encoder, int most) {
        // Evenly over the file, since neighbours ask about the same paragraph.
        int step = Math.max(1, given.size() / most);
        var questions = new ArrayList<ManyDocuments.Needing>();
        for (int i = 0; i < given.size() && questions.size() < most; i += step) {
            questions.add(given.get(i));
        }
        for (int hops = 0; hops <= MOST_HOPS && !questions.isEmpty(); hops++) {
            var retriever = new MultiHopRetriever(
                    new HybridRetriever(index, encoder, Fusion.BALANCED), new GapFollowUp(index), hops);
            var all = new Tally();
            var types = new TreeMap<String, Tally>();
            for (var question : questions) {
                var found = retriever.retrieve(question.question(), PLACES[PLACES.length - 1], new Filter.All());
                all.add(question, found);
                types.computeIfAbsent(question.type(), type -> new Tally()).add(question, found);
            }
            all.print(name, hops);
            if (types.size() > 1) {
                int taken = hops;
                types.forEach((type, tally) -> tally.print("  " + type, taken));
            }
        }
    }

    /** How many questions had all their documents. */
    private static final class Tally {
        private final int[] complete = new int[PLACES.length];
        private final List<Double> times = new ArrayList<>();
        private int questions;
        private int taken;

        void add(ManyDocuments.Needing question, Retrieval found) {
            for (int i = 0; i < PLACES.length; i++) {
                var documents = found.passages().stream()
                        .limit(PLACES[i])
                        .map(passage -> passage.passage().document())
                        .collect(Collectors.toSet());
                complete[i] += documents.containsAll(question.documents()) ? 1 : 0;
            }
            questions++;
            taken += found.hops().isEmpty() ? 0 : 1;
            found.timings().forEach((stage, time) -> {
                if (stage.startsWith("hop")) {
                    times.add(time.toNanos() / 1e6);
                }
            });
        }

        void print(String name, int hops) {
            times.sort(null);
            double n = questions;
            System.out.printf(
                    "%-34s %5d %5d %6.1f%% %6.1f%% %6.1f%% %5.0f%% %7s%n",
                    name,
                    questions,
                    hops,
                    100 * complete[0] / n,
                    100 * complete[1] / n,
                    100 * complete[2] / n,
                    100 * taken / n,
                    times.isEmpty() ? "" : "%.1f".formatted(times.get(times.size() / 2)));
        }
    }
}
