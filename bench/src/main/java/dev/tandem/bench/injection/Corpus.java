package dev.tandem.bench.injection;

import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.models.embedding.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What the model is fitted to and measured on, from the folder of data. */
public final class Corpus implements AutoCloseable {
    /** How many folds: kinds of attack and documents are each in one. */
    public static final int FOLDS = 5;

    /** The clean collections that consist of files, as a workspace's documents do; the others are single paragraphs. */
    static final Set<String> FILES = Set.of("kb-18f", "legal-policies", "docs-docling", "shop");

    /** How much the sources of attacks count in fitting. */
    static final Map<String, Double> WEIGHTS = Map.of(
            "bipia text", 1.0,
            "bipia code", 0.5,
            "our own", 1.0,
            "self-instruct", 0.5,
            "llmbar", 0.5,
            "clinc150", 0.5,
            "questions", 0.3);

    /** What attacks are planted in for the fit, in turn. */
    private static final List<String> CONTEXTS_OF = List.of(
            "letters", "kb-18f", "legal-policies", "news", "kb-18f", "squad-subset", "shop", "kb-18f", "docs-docling");

    private static final List<Planted.Place> PLACES = List.of(Planted.Place.values());

    /** So few contexts and spots in them are planted in that their surroundings need not be encoded anew each time. */
    private static final int CONTEXTS = 24;

    private static final int SPOTS = 2;

    private final Path data;
    private final TextEncoder encoder;
    private final DocumentReader reader = new DocumentReader(ReadingLimits.DEFAULT);
    private final Collections collections;
    private final List<Collections.Split> handbook;
    private final List<Collections.Split> letters;
    private final Map<String, List<Collections.Split>> fitted;

    /** Reads what the model is fitted to; the rest when it is asked for. */
    public Corpus(Path data, TextEncoder encoder) throws IOException {
        this.data = data;
        this.encoder = encoder;
        collections = new Collections(
                reader, new PassageSplitter(new PassageSplitter.Settings(384, 0), encoder::countTokens));
        handbook = collections.folder(data.resolve("kb-18f/week-00"), 10_000);
        var texts = Collections.letters(data.resolve("bipia/email/train.jsonl"));
        letters = IntStream.range(0, texts.size())
                .mapToObj(i -> collections.split("letter-" + i + ".txt", "letter", texts.get(i)))
                .toList();
        fitted = fitted();
    }

    /** The clean documents of the fit. */
    public List<Case> clean() {
        var cases = new ArrayList<Case>();
        fitted.forEach((group, documents) -> add(group, documents, cases));
        return cases;
    }

    private Map<String, List<Collections.Split>> fitted() throws IOException {
        var all = new LinkedHashMap<String, List<Collections.Split>>();
        all.put("kb-18f", handbook);
        all.put("legal-policies", collections.folder(data.resolve("text/legal-policies"), 100));
        var docling = new ArrayList<Collections.Split>();
        for (var format : List.of("html", "docx", "email")) {
            docling.addAll(collections.folder(data.resolve("docs-docling").resolve(format), 50));
        }
        all.put("docs-docling", docling);
        all.put("shop", collections.folder(Path.of("samples/shop/documents"), 100));
        all.put(
                "letters",
                letters.stream().filter(each -> letters.indexOf(each) % 2 == 0).toList());
        all.put("news", collections.contexts(data.resolve("faithfulness/qags_cnndm.jsonl")));
        all.put("squad-subset", collections.beir(data.resolve("beir/squad-subset"), 2500));
        all.put("cranfield", collections.beir(data.resolve("beir/cranfield"), 500));
        all.put("npl", collections.beir(data.resolve("beir/npl"), 500));
        return all;
    }

    private void add(String group, List<Collections.Split> documents, List<Case> cases) {
        documents.forEach(each -> cases.add(Case.clean(group, fold(each), each, encoder)));
    }

    /** All versions of a document are in the same. */
    private static int fold(Collections.Split document) {
        return fold(document.document().path());
    }

    private static int fold(String name) {
        return Math.floorMod(name.hashCode() >> 3, FOLDS);
    }

    /** The handbook's later weeks: new and changed documents. */
    public List<Case> laterWeeks() throws IOException {
        var cases = new ArrayList<Case>();
        for (int week = 1; week <= 12; week++) {
            add(
                    "kb-18f, later weeks",
                    collections.folder(data.resolve(String.format("kb-18f/week-%02d", week)), 10_000),
                    cases);
        }
        return cases;
    }

    /** Clean collections that nothing is ever fitted to. */
    public List<Case> neverFitted() throws IOException {
        var cases = new ArrayList<Case>();
        add("product-docs-qa", collections.beir(data.resolve("beir/product-docs-qa"), 10_000), cases);
        add("xquad-en", collections.beir(data.resolve("beir/xquad-en"), 10_000), cases);
        add("covid-qa", collections.articles(data.resolve("text/covid-qa/200423_covidQA.json"), 30), cases);
        for (var format : List.of("md", "latex", "odf", "pdf", "pptx", "xlsx", "csv", "epub")) {
            add(
                    "docs-docling, " + format,
                    collections.folder(data.resolve("docs-docling").resolve(format), 10_000),
                    cases);
        }
        return cases;
    }

    /** Attacks in documents, for the fit. */
    public List<Case> attacks() throws IOException {
        var contexts = CONTEXTS_OF.stream().map(fitted::get).toList();
        var cases = new ArrayList<Case>();
        var bipia = bipia();
        for (int i = 0; i < bipia.size(); i++) {
            for (int copy = 0; copy < 4; copy++) {
                plant(
                        bipia.get(i),
                        kindFold(bipia, i),
                        contexts.get((i + copy * 2) % contexts.size()),
                        i * 5 + copy,
                        cases);
            }
        }
        var others = new ArrayList<Attack>(Attack.directives());
        others.addAll(Attack.instructions(data.resolve("text/self-instruct/data/seed_tasks.jsonl")));
        others.addAll(
                Attack.instructions(data.resolve("text/self-instruct/human_eval/user_oriented_instructions.jsonl")));
        others.addAll(Attack.llmbar(data.resolve("llmbar")));
        others.addAll(Attack.errands(data.resolve("clinc-small/data_small.json"), 800));
        others.addAll(Attack.questions(data.resolve("beir/squad-subset/queries.jsonl"), 300));
        for (int i = 0; i < others.size(); i++) {
            // Some in company, so that it does not vouch for them.
            var attack = i % 3 == 0 ? others.get(i).with(others.get((i + 1) % others.size())) : others.get(i);
            plant(attack, fold(attack.text()), contexts.get(i % contexts.size()), i, cases);
        }
        return cases;
    }

    private void plant(Attack attack, int fold, List<Collections.Split> contexts, int number, List<Case> cases) {
        var context = contexts.get(number * 7 % Math.min(CONTEXTS, contexts.size()));
        cases.add(planted(attack, fold, context, PLACES.get(number / 3 % PLACES.size()), number % SPOTS));
    }

    private Case planted(Attack attack, int fold, Collections.Split context, Planted.Place place, int spot) {
        return Case.attack(
                attack, fold, collections.split(Planted.in(context.document(), attack, place, spot)), encoder);
    }

    private List<Attack> bipia() throws IOException {
        var all = new ArrayList<Attack>(Attack.bipia(data.resolve("bipia/text_attack_train.json"), "bipia text"));
        all.addAll(Attack.bipia(data.resolve("bipia/code_attack_train.json"), "bipia code"));
        return all;
    }

    private static int kindFold(List<Attack> attacks, int at) {
        var attack = attacks.get(at);
        return attacks.stream()
                        .filter(each -> each.source().equals(attack.source()))
                        .map(Attack::kind)
                        .distinct()
                        .toList()
                        .indexOf(attack.kind())
                % FOLDS;
    }

    /** A planted attack to measure on. */
    public record Test(Attack attack, String context, Case planted) {}

    /**
     * Each of BIPIA's attacks in each place of letters and paragraphs that nothing was fitted to, and of documents of the
     * handbook's fold that is the attack's.
     */
    public List<Test> tests() throws IOException {
        var bipia = bipia();
        var paragraphs = collections.beir(data.resolve("beir/xquad-en"), CONTEXTS);
        var odd =
                letters.stream().filter(each -> letters.indexOf(each) % 2 == 1).toList();
        var tests = new ArrayList<Test>();
        for (int i = 0; i < bipia.size(); i++) {
            int fold = kindFold(bipia, i);
            var own = handbook.stream().filter(each -> fold(each) == fold).toList();
            for (int at = 0; at < PLACES.size(); at++) {
                var place = PLACES.get(at);
                int number = i * PLACES.size() + at;
                tests.add(test(bipia.get(i), fold, "letter", odd.get(number % odd.size()), place, i));
                tests.add(test(bipia.get(i), fold, "paragraph", paragraphs.get(number % paragraphs.size()), place, i));
                tests.add(test(bipia.get(i), fold, "handbook", own.get(number * 5 % own.size()), place, i));
            }
        }
        return tests;
    }

    private Test test(
            Attack attack, int fold, String name, Collections.Split context, Planted.Place place, int number) {
        var where = place == Planted.Place.IN_LINE ? "in a line of a " + name : "in a " + name;
        return new Test(attack, where, planted(attack, fold, context, place, number % SPOTS));
    }

    @Override
    public void close() {
        reader.close();
    }
}
