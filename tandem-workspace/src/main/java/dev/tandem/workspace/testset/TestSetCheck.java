package dev.tandem.workspace.testset;

import dev.tandem.answering.answer.ExtractiveAnswerer;
import dev.tandem.evaluation.draft.SourceDocument;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.Message;
import dev.tandem.tuning.example.gate.Examples;
import dev.tandem.tuning.example.gate.Leakage;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.testset.TestSetFinding.Kind;
import dev.tandem.workspace.testset.TestSetFinding.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks for what makes a test set say less than it seems to: questions asked twice, given away by training data, without the
 * document or the answer that they name, unanswerable ones that are answered.
 *
 * @param training files of training examples, in any form
 */
public record TestSetCheck(Path file, List<Path> training) {
    public TestSetCheck {
        training = List.copyOf(training);
    }

    /** Checks; changes nothing. */
    public TestSetReport run(OpenWorkspace open, Progress progress) {
        var set = TestSet.read(file);
        try (var snapshot = open.index().snapshot()) {
            var documents = Documents.of(snapshot);
            var places = new EnumMap<Kind, List<Place>>(Kind.class);
            duplicates(set, open.encoder(), places, progress);
            sources(set, documents, places);
            training.forEach(path -> leakage(set, path, places));
            unanswerable(set, open, places, progress);
            var findings = places.entrySet().stream()
                    .map(entry -> new TestSetFinding(entry.getKey(), entry.getValue()))
                    .toList();
            return new TestSetReport(
                    file,
                    set.hash(),
                    set.cases().size(),
                    (int) set.cases().stream().filter(TestCase::reviewed).count(),
                    findings,
                    Coverage.of(set.cases(), documents),
                    training,
                    DetectableDifference.at(set.cases().size()));
        }
    }

    private static void duplicates(TestSet set, TextEncoder encoder, Map<Kind, List<Place>> places, Progress progress) {
        var asked = new AskedQuestions(encoder);
        try (var comparing = progress.start("Comparing", set.cases().size(), "questions")) {
            for (var testCase : set.cases()) {
                asked.add(testCase.id(), testCase.question(), testCase.answers())
                        .ifPresent(match -> add(
                                places,
                                match.likeness() == AskedQuestion.Likeness.EXACT
                                        ? Kind.EXACT_DUPLICATE
                                        : Kind.NEAR_DUPLICATE,
                                testCase,
                                "like " + match.id()));
                comparing.step(1);
            }
        }
    }

    private static void sources(TestSet set, List<SourceDocument> documents, Map<Kind, List<Place>> places) {
        var byPath = documents.stream().collect(Collectors.toMap(SourceDocument::path, document -> document));
        for (var testCase : set.cases()) {
            var missing = testCase.documents().stream()
                    .filter(path -> !byPath.containsKey(path))
                    .toList();
            if (!missing.isEmpty()) {
                add(places, Kind.MISSING_DOCUMENT, testCase, String.join(", ", missing));
            } else if (testCase.type() != QuestionType.STYLE
                    && !testCase.documents().isEmpty()) {
                var named = testCase.documents().stream().map(byPath::get).toList();
                var lost = testCase.answers().stream()
                        .filter(answer -> named.stream().noneMatch(document -> stands(answer, document)))
                        .toList();
                boolean allNeeded = testCase.type() == QuestionType.SEVERAL_DOCUMENTS;
                if (!lost.isEmpty()
                        && (allNeeded || lost.size() == testCase.answers().size())) {
                    boolean drafted = testCase.origin().orElse("").startsWith("draft:");
                    add(places, drafted ? Kind.LOST_ANSWER : Kind.ANSWER_NOT_IN_DOCUMENT, testCase, lost.getFirst());
                }
            }
        }
    }

    private static boolean stands(String answer, SourceDocument document) {
        if (document.holds(answer)) {
            return true;
        }
        var wanted = answer.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        return document.passages().stream()
                .anyMatch(passage -> passage.text()
                        .replaceAll("\\s+", " ")
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted));
    }

    private static void leakage(TestSet set, Path training, Map<Kind, List<Place>> places) {
        var tests = new ArrayList<Example>();
        for (var testCase : set.cases()) {
            tests.add(new Example(
                    tests.size() + 1,
                    List.of(
                            new Message(Message.Role.USER, testCase.question(), false),
                            new Message(Message.Role.ASSISTANT, String.join("\n", testCase.answers()), true)),
                    Optional.empty(),
                    Map.of()));
        }
        for (var leak :
                Leakage.between(Examples.in(training), Examples.of(tests)).leaks()) {
            add(
                    places,
                    Kind.LEAKAGE,
                    set.cases().get(leak.line() - 1),
                    training + ", line " + leak.trainingLine() + " ("
                            + leak.kind().name().toLowerCase(Locale.ROOT) + " "
                            + leak.part().name().toLowerCase(Locale.ROOT) + ")");
        }
    }

    /** The extractive answerer needs no language model, and declines by a threshold fitted on labelled questions. */
    private static void unanswerable(
            TestSet set, OpenWorkspace open, Map<Kind, List<Place>> places, Progress progress) {
        var cases = set.cases().stream()
                .filter(testCase -> testCase.type() == QuestionType.UNANSWERABLE)
                .toList();
        if (cases.isEmpty()) {
            return;
        }
        try (var encoder = OnnxTextEncoder.bundled();
                var asking = progress.start("Asking", cases.size(), "unanswerable questions")) {
            var answerer =
                    new ExtractiveAnswerer(open.retriever(), open.index(), encoder, ExtractiveAnswerer.Options.DEFAULT);
            for (var testCase : cases) {
                var answer = answerer.answer(testCase.question(), new Filter.All(), text -> {});
                if (!answer.abstained()) {
                    add(places, Kind.SEEMS_ANSWERED, testCase, answer.text().replaceAll("\\s+", " "));
                }
                asking.step(1);
            }
        }
    }

    private static void add(Map<Kind, List<Place>> places, Kind kind, TestCase testCase, String detail) {
        places.computeIfAbsent(kind, each -> new ArrayList<>())
                .add(new Place(testCase.id(), testCase.question(), detail));
    }
}
