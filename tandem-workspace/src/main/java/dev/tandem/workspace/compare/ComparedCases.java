package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.ComparedCase;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.Message;
import dev.tandem.tuning.example.gate.Examples;
import dev.tandem.tuning.example.gate.Leakage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A test set as a comparison needs it. */
final class ComparedCases {
    private ComparedCases() {}

    /** Cases that one and the same document answers are no independent ones. */
    static List<ComparedCase> of(TestSet testSet) {
        return testSet.cases().stream()
                .map(testCase -> new ComparedCase(
                        testCase.id(),
                        testCase.type(),
                        testCase.documents().size() == 1
                                ? Optional.of(testCase.documents().getFirst())
                                : Optional.empty()))
                .toList();
    }

    /** The same cases in a drawn order, so that what a budget does not reach is of every type. */
    static TestSet drawn(TestSet testSet, long seed) {
        var cases = new ArrayList<>(testSet.cases());
        Collections.shuffle(cases, new Random(seed));
        return new TestSet(testSet.file(), cases, testSet.hash());
    }

    /** What training examples give away of questions and answers. */
    static Leakage leakage(Path training, TestSet testSet) {
        var cases = testSet.cases();
        var examples = IntStream.range(0, cases.size())
                .mapToObj(i -> new Example(
                        i + 1,
                        List.of(
                                new Message(Message.Role.USER, cases.get(i).question(), false),
                                new Message(Message.Role.ASSISTANT, answer(cases.get(i)), true)),
                        Optional.empty(),
                        Map.of()))
                .toList();
        return Leakage.between(Examples.in(training), Examples.of(examples));
    }

    private static String answer(TestCase testCase) {
        return testCase.answers().isEmpty() ? "" : String.join(" ", testCase.answers());
    }
}
