package dev.tandem.bench;

import dev.tandem.bench.products.Answers;
import dev.tandem.bench.products.BestOf;
import dev.tandem.bench.products.Catalogue;
import dev.tandem.bench.products.CorpusScore;
import dev.tandem.bench.products.DialogueAct;
import dev.tandem.bench.products.Requests;
import dev.tandem.bench.products.ScoreTable;
import dev.tandem.bench.products.Tuned;
import dev.tandem.bench.starter.Sources;
import dev.tandem.bench.starter.Tasks.Dialogue;
import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Product descriptions asked for by product name, on RNNLG's laptops (docs/products.md): a workspace with a sheet a laptop, and requests such as
 * {@code inform(name=satellite eurus 65;memory;drive)}, whose values are in the sheets. One adapter is tuned on the
 * requests alone, one on what the hybrid's model reads: the request with the attributes that were retrieved for it. Printed are
 * BLEU by the corpus's own grouping, ROUGE-L and slot errors of the base, retrieval, the tuned model and the hybrid.
 *
 * <p>Arguments: the starter's folder, the data folder, where to work, epochs of the hybrid's adapter (3), epochs of the other (3; 0 leaves it out),
 * candidates of which the hybrid takes the one with the fewest slot errors (10), training examples (all), test acts (all). What each
 * says is kept in OUT/said-*.jsonl and taken from there the next time: broken off, the same command goes on.
 */
public final class ProductDescriptions {
    private static final int WATCHED = 200;

    private final Path starter;
    private final Path out;
    private final Catalogue catalogue;
    private final OpenWorkspace open;
    private final Requests requests;
    private final Progress progress;

    private ProductDescriptions(Path starter, Path out, Catalogue catalogue, OpenWorkspace open, Progress progress) {
        this.starter = starter;
        this.out = out;
        this.catalogue = catalogue;
        this.open = open;
        this.requests = new Requests(catalogue, open.retriever());
        this.progress = progress;
    }

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[1]).resolve("rnnlg").resolve("laptop");
        var out = Path.of(arguments[2]);
        int most = number(arguments, 6, Integer.MAX_VALUE);
        var train = Sources.rnnlg(data.resolve("train.json"));
        var valid = new ArrayList<>(Sources.rnnlg(data.resolve("valid.json")));
        Collections.shuffle(valid, new Random(1));
        var test = Sources.rnnlg(data.resolve("test.json"));
        var acts = new ArrayList<DialogueAct>();
        List.of(train, valid, test).forEach(part -> part.forEach(each -> acts.add(DialogueAct.parse(each.act()))));
        var catalogue = new Catalogue(acts);
        catalogue.write(out.resolve("sheets"));
        System.out.printf("%d sheets; acts do not agree on: %s%n", catalogue.size(), catalogue.unsettled());
        try (var interrupt = Interrupt.watch();
                var open = new OpenWorkspace(workspace(out.resolve("workspace")))) {
            var progress = new TerminalProgress(Terminal.ofProcess());
            open.ingest(List.of(out.resolve("sheets")), false, progress);
            var bench = new ProductDescriptions(Path.of(arguments[0]), out, catalogue, open, progress);
            var examples = train.subList(0, Math.min(most, train.size()));
            var watched = valid.subList(0, WATCHED);
            var hybrid = new Tuned(bench.starter, out.resolve("hybrid"), number(arguments, 3, 3))
                    .adapter(
                            () -> bench.requests.prompts(examples, progress),
                            () -> bench.requests.prompts(watched, progress),
                            progress,
                            interrupt::asked);
            int epochs = number(arguments, 4, 3);
            var alone = epochs == 0
                    ? Optional.<Path>empty()
                    : new Tuned(bench.starter, out.resolve("fine-tuned"), epochs)
                            .adapter(
                                    () -> bench.questions(examples),
                                    () -> bench.questions(watched),
                                    progress,
                                    interrupt::asked);
            if (hybrid.isPresent()) {
                bench.measure(
                        test, hybrid.get(), alone, number(arguments, 5, 10), number(arguments, 7, Integer.MAX_VALUE));
            }
        }
    }

    private static int number(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    /** Products are asked for by their names: words alone find them, and fast. */
    private static Workspace workspace(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(Workspace.SETTINGS_FILE))) {
            Workspace.create(folder);
            Files.writeString(folder.resolve(Workspace.SETTINGS_FILE), "retrieval:\n  fusion: words\n");
        }
        return Workspace.at(folder);
    }

    private List<Dialogue> questions(List<Dialogue> dialogues) {
        return dialogues.stream()
                .map(each -> new Dialogue(catalogue.request(DialogueAct.parse(each.act())), each.text()))
                .toList();
    }

    private void measure(List<Dialogue> dialogues, Path hybrid, Optional<Path> alone, int candidates, int most)
            throws IOException {
        var test = CorpusScore.test(dialogues);
        var acts = List.copyOf(test.keySet());
        var asked = requests.all(acts.subList(0, Math.min(most, acts.size())), progress);
        var table = new ScoreTable(new CorpusScore(test, catalogue.values()), asked, out);
        var questions = asked.stream().map(Requests.Request::question).toList();
        var prompts = asked.stream().map(Requests.Request::prompt).toList();
        table.add(
                "references",
                "the references themselves",
                () -> asked.stream()
                        .map(each -> test.getOrDefault(each.act(), List.of("")).getFirst())
                        .toList());
        var both = new Answers(starter, Optional.of(hybrid));
        var greedy = table.add(
                "hybrid",
                "hybrid: request and attributes, one answer",
                () -> both.to(prompts, Answers.GREEDY, "Hybrid", progress));
        table.add(
                "hybrid-best",
                "hybrid: the best of " + candidates + " by the retrieved attributes",
                () -> new BestOf(both, catalogue.values(), candidates).of(asked, greedy, progress));
        if (alone.isPresent()) {
            table.add(
                    "fine-tuned",
                    "tuned without retrieval: the request",
                    () -> new Answers(starter, alone).to(questions, Answers.GREEDY, "Tuned", progress));
        }
        table.add("rag", "retrieval: what `tandem ask` quotes", () -> quoted(questions));
        var base = new Answers(starter, Optional.empty());
        table.add(
                "rag-base",
                "retrieval without tuning: the untouched model, request and attributes",
                () -> base.to(prompts, Answers.GREEDY, "Base with attributes", progress));
        table.add(
                "base",
                "base: the untouched model, the request",
                () -> base.to(questions, Answers.GREEDY, "Base", progress));
        table.print();
    }

    private List<String> quoted(List<String> questions) {
        var answerer = open.answerer();
        try (var task = progress.start("Quoting", questions.size(), "requests")) {
            return questions.stream()
                    .map(question -> {
                        var answer = answerer.answer(question, new Filter.All(), piece -> {});
                        task.step(1);
                        return answer.text();
                    })
                    .toList();
        }
    }
}
