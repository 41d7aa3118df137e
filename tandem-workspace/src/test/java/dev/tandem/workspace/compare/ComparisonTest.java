package dev.tandem.workspace.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.evaluation.advice.Evidence;
import dev.tandem.evaluation.compare.Constraints;
import dev.tandem.evaluation.cost.Approach;
import dev.tandem.evaluation.cost.PriceBook;
import dev.tandem.evaluation.store.RunStore;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.ExampleFiles;
import dev.tandem.tuning.training.TuningSettings.Method;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.SayingModel;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.strategy.Approaches;
import dev.tandem.workspace.strategy.HybridOptions;
import dev.tandem.workspace.strategy.StrategyModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final int PLACES = 12;
    private static final List<String> CUSTOMERS =
            List.of("Ada", "Bram", "Cleo", "Dag", "Elin", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kaja", "Liv");
    private static final List<String> OTHERS =
            List.of("Mats", "Nora", "Olav", "Petra", "Ravi", "Signe", "Tor", "Una", "Vera", "Yusuf", "Emil", "Frida");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeWorkspace() throws Exception {
        var documents = Files.createDirectory(folder.resolve("docs"));
        var questions = new StringBuilder();
        for (int i = 0; i < PLACES; i++) {
            var place = "store" + (char) ('a' + i);
            Files.writeString(
                    documents.resolve(place + ".md"),
                    "# " + place + "\n\nThe shop in " + place + " has " + (40 + i) + " tents to rent.\n");
            questions.append(
                    "{\"id\": \"q%d\", \"question\": \"How many tents does the shop in %s rent?\", \"answers\": [\"%d tents\"], \"documents\": [\"%s.md\"]}\n"
                            .formatted(i, place, 40 + i, place));
            questions.append(
                    "{\"id\": \"s%d\", \"question\": \"refund(name=%s; amount=%d)\", \"answers\": [\"Hei Ada! Money is back.\"], \"type\": \"style\"}\n"
                            .formatted(i, OTHERS.get(i), 303 + 7 * i));
        }
        Files.writeString(folder.resolve("testset.jsonl"), questions);
        var training = new StringBuilder();
        for (int i = 0; i < PLACES; i++) {
            training.append("{\"prompt\": \"refund(name=%s; amount=%d)\", \"completion\": \"Hei %s!\"}\n"
                    .formatted(CUSTOMERS.get(i), 300 + 7 * i, CUSTOMERS.get(i)));
        }
        Files.writeString(folder.resolve("training.jsonl"), training);
        Workspace.create(folder.resolve("kb"));
        var saying = new SayingModel(List.of("I do not know."), List.of("Hei Ada!", " Money", " is back."));
        saying.write(folder.resolve("saying"));
        saying.writeAdapter(folder.resolve("voice"));
        try (var open = new OpenWorkspace(Workspace.at(folder.resolve("kb")))) {
            open.ingest(List.of(documents), false, Progress.silent());
        }
    }

    private ComparisonRequest request(List<String> strategies, boolean freshFact) {
        return new ComparisonRequest(
                TestSet.read(folder.resolve("testset.jsonl")),
                Optional.of(folder.resolve("training.jsonl")),
                folder.resolve("saying"),
                Optional.of(folder.resolve("voice")),
                List.of(Method.LORA),
                strategies,
                3,
                HybridOptions.DEFAULT,
                Optional.empty(),
                Constraints.NONE,
                PriceBook.shipped(),
                OptionalLong.empty(),
                false,
                freshFact,
                false,
                7,
                "test");
    }

    private ComparisonRequest with(ComparisonRequest request, Optional<Path> adapter, Optional<Duration> budget) {
        return new ComparisonRequest(
                request.testSet(),
                request.training(),
                request.base(),
                adapter,
                request.methods(),
                request.strategies(),
                request.shots(),
                request.hybrid(),
                budget,
                request.constraints(),
                request.prices(),
                request.queries(),
                request.allowLeakage(),
                request.freshFact(),
                request.anew(),
                request.seed(),
                request.tandemVersion());
    }

    private ComparisonResult compare(ComparisonRequest request, BooleanSupplier cancelled) {
        try (var open = new OpenWorkspace(Workspace.at(folder.resolve("kb")))) {
            return new Comparison(open, request, Progress.silent(), sentence -> {}, cancelled).run();
        }
    }

    private static Map<String, Double> means(ComparisonResult result) {
        return result.found().orElseThrow().verdict().scores().stream()
                .filter(score -> score.type().isEmpty())
                .collect(Collectors.toMap(score -> score.approach(), score -> score.mean()));
    }

    @Test
    void documentsAnswerWhatTheyHoldTheTunedModelWhatItLearnedAndTheHybridBoth() {
        var result = compare(request(Approaches.ALL, true), () -> false);

        assertThat(result.leftOut()).isEmpty();
        assertThat(result.approaches()).extracting(ApproachRun::name).containsExactlyElementsOf(Approaches.ALL);
        var means = means(result);
        assertThat(means.get("base")).isZero();
        assertThat(means.get("fine-tuned")).isEqualTo(0.5);
        assertThat(means.get("rag")).isBetween(0.3, 0.5);
        assertThat(means.get("hybrid")).isGreaterThan(means.getOrDefault("rag", 1.0) + 0.4);
        var verdict = result.found().orElseThrow().verdict();
        assertThat(verdict.bestGuess()).isEqualTo("hybrid");
        assertThat(verdict.comparisons()
                        .between("hybrid", "rag", Optional.empty())
                        .orElseThrow()
                        .significant())
                .isTrue();

        var fresh = result.freshFact().orElseThrow();
        assertThat(fresh.after()).endsWith(" tents").isNotEqualTo(fresh.before());
        assertThat(fresh.findings())
                .filteredOn(FreshFact.Finding::knows)
                .extracting(FreshFact.Finding::approach)
                .containsExactly("rag", "hybrid");
        assertThat(folder.resolve("docs").resolve(fresh.document())).content().contains(fresh.before());

        assertThat(OutcomeFile.evidence(Workspace.at(folder.resolve("kb"))))
                .get()
                .extracting(Evidence::winner, Evidence::significant)
                .containsExactly(Approach.HYBRID, verdict.winner().isPresent());
        ComparisonPage.write(result, folder.resolve("report.html"));
        assertThat(folder.resolve("report.html"))
                .content()
                .contains(verdict.evidence().getFirst().sentence(), "Side by side", "A fresh fact", "Money is back");
    }

    @Test
    void aComparisonThatWasStoppedGoesOnAndEndsAsOneThatWasNot() {
        var request = request(List.of("base", "rag", "fine-tuned"), false);
        var asked = new AtomicInteger();
        var stopped = compare(request, () -> asked.incrementAndGet() > 40);
        assertThat(stopped.isStopped()).isTrue();
        assertThat(stopped.leftOut())
                .extracting(LeftOut::sentence)
                .anyMatch(sentence -> sentence.contains("of 24 questions: it was stopped"));
        int least = stopped.approaches().stream()
                .mapToInt(run -> run.examples().size())
                .min()
                .orElseThrow();
        assertThat(stopped.partly()).isEqualTo("Partial, after " + least + " to 24 of 24 questions an approach: ");

        var goneOn = compare(request, () -> false);
        assertThat(goneOn.partly()).isEmpty();
        var store = RunStore.open(new SqlitePlace(folder.resolve("kb/runs.db")));
        int runs = store.list().size();
        var again = compare(request, () -> false);

        assertThat(goneOn.isPartial()).isFalse();
        assertThat(runs).isEqualTo(3);
        assertThat(store.list()).hasSize(runs);
        assertThat(again.found().orElseThrow().verdict().scores())
                .isEqualTo(goneOn.found().orElseThrow().verdict().scores());
        assertThat(again.found().orElseThrow().verdict().comparisons())
                .isEqualTo(goneOn.found().orElseThrow().verdict().comparisons());
        assertThat(means(goneOn)).containsEntry("base", 0.0).containsEntry("fine-tuned", 0.5);
    }

    @Test
    void whatTheTrainingExamplesGiveAwayIsRefused() throws Exception {
        Files.writeString(
                folder.resolve("training.jsonl"),
                Files.readString(folder.resolve("training.jsonl"))
                        + "{\"prompt\": \"How many tents does the shop in storea rent?\", \"completion\": \"40 tents\"}\n");
        assertThatThrownBy(() -> compare(request(List.of("base", "rag"), false), () -> false))
                .isInstanceOf(MendableException.class)
                .hasMessageContainingAll("of the 24 examples", "training.jsonl", "--allow-leakage");
        assertThat(folder.resolve("kb/runs.db")).doesNotExist();
    }

    @Test
    void examplesOfAHybridHoldWhatIsRetrievedForThem() throws Exception {
        var prompt = Files.writeString(folder.resolve("prompt.txt"), "{question}\n{attributes}");
        Files.writeString(
                folder.resolve("docs/kettle.md"), "# Fonna Kettle\n\n- holds: 1.2 litres\n- colour: rust red\n");
        var training = Files.writeString(
                folder.resolve("sheets.jsonl"),
                "{\"prompt\": \"Describe the Fonna Kettle.\", \"completion\": \"Hei!\"}\n"
                        + "{\"prompt\": \"Describe the Fonna Spoon.\", \"completion\": \"Nei!\"}\n");
        try (var open = new OpenWorkspace(Workspace.at(folder.resolve("kb")))) {
            open.ingest(List.of(), false, Progress.silent());
            var models = new StrategyModels(
                    folder.resolve("saying"), Optional.empty(), Optional.empty(), 3, HybridOptions.prompted(prompt));
            var examples = new RetrievalAwareExamples(new Approaches(open, models).filledPrompt(prompt));
            var file = examples.write(training, folder.resolve("made"), Progress.silent());

            var read = new ArrayList<Example>();
            ExampleFiles.read(file, read::add);
            assertThat(read)
                    .extracting(Example::question)
                    .containsExactly(
                            "Describe the Fonna Kettle.\nname: Fonna Kettle\nholds: 1.2 litres\ncolour: rust red",
                            "Describe the Fonna Spoon.");
            assertThat(read).extracting(Example::answer).containsExactly("Hei!", "Nei!");
            assertThat(examples.write(training, folder.resolve("made"), Progress.silent()))
                    .isEqualTo(file);
        }
    }

    @Test
    void textsOfStyleAreHeldToTheVoiceAndTheAttributesOfTheirDocuments() throws Exception {
        Files.writeString(folder.resolve("docs/kettle.md"), "# Fonna Kettle\n\n- holds: 1.2 litres\n- colour: red\n");
        Files.writeString(
                folder.resolve("testset.jsonl"),
                "{\"id\": \"s\", \"question\": \"Describe the Fonna Kettle\", \"answers\": [\"The Fonna Kettle holds 1.2"
                        + " litres, in red.\"], \"documents\": [\"kettle.md\"], \"type\": \"style\"}\n");
        try (var open = new OpenWorkspace(Workspace.at(folder.resolve("kb")))) {
            open.ingest(List.of(), false, Progress.silent());
        }
        var result = compare(request(List.of("base", "fine-tuned"), false), () -> false);

        assertThat(result.texts())
                .extracting(TextQuality::approach)
                .containsExactly("base", "fine-tuned", TextQuality.EXPECTED);
        var base = result.texts().getFirst().facts().orElseThrow();
        assertThat(base.missing()).containsExactlyInAnyOrder("fonna kettle", "1.2 litres", "red");
        var expected = result.texts().getLast();
        assertThat(expected.facts().orElseThrow().count()).isZero();
        assertThat(expected.bleu()).isCloseTo(1, within(1e-9));
        assertThat(expected.voice()).as("12 examples are too few for a voice").isEmpty();
    }

    @Test
    void anApproachThatFailsIsToldAndTheOthersAreKept() {
        var request = with(
                request(List.of("base", "rag", "fine-tuned"), false),
                Optional.of(folder.resolve("docs")),
                Optional.empty());
        var result = compare(request, () -> false);
        assertThat(result.hasFailed()).isTrue();
        assertThat(result.leftOut())
                .singleElement()
                .extracting(LeftOut::sentence)
                .asString()
                .contains("fine-tuned failed", "There is no tuned model in", "tandem tune --out");
        assertThat(means(result)).containsOnlyKeys("base", "rag");
    }

    @Test
    void aBudgetThatIsUsedUpKeepsWhatWasMeasuredAndSaysWhatWasNot() {
        var request = with(request(List.of("base", "rag"), true), Optional.empty(), Optional.of(Duration.ofNanos(1)));
        var result = compare(request, () -> false);
        assertThat(result.isPartial()).isTrue();
        assertThat(result.isStopped()).isFalse();
        assertThat(result.endedByBudget()).isTrue();
        assertThat(result.found()).isEmpty();
        assertThat(result.leftOut())
                .extracting(LeftOut::sentence)
                .contains("base was not measured: the budget was used up.");
        assertThat(OutcomeFile.of(Workspace.at(folder.resolve("kb")))).doesNotExist();
    }

    @Test
    void aBudgetIsSharedAndWhatOneStepDoesNotNeedIsTheOthers() {
        var clock = new BudgetClock(Optional.of(Duration.ofHours(1)), () -> false, 4);
        assertThat(clock.next(1).getAsBoolean()).isFalse();
        assertThat(clock.usedUp()).isFalse();
        var none = new BudgetClock(Optional.of(Duration.ZERO), () -> false, 4);
        assertThat(none.next(3).getAsBoolean()).isTrue();
        assertThat(none.usedUp()).isTrue();
        assertThat(new BudgetClock(Optional.empty(), () -> true, 1).next(1).getAsBoolean())
                .isTrue();
    }

    @Test
    void aNumberOfAnAnswerIsChangedByRuleToOneThatStandsNowhere() {
        UnaryOperator<String> changed = answer -> ChangedFact.of(List.of(answer), taken -> taken.equals("21 weeks"))
                .map(ChangedFact::after)
                .orElse("");
        var results = new ArrayList<String>();
        List.of("20 weeks", "31 March", "28 May", "nine days", "9.8 mm", "room B12", "up to 7 days", "10:30")
                .forEach(answer -> results.add(changed.apply(answer)));
        assertThat(results).containsExactly("22 weeks", "4 March", "1 May", "", "", "", "up to 8 days", "");
    }
}
