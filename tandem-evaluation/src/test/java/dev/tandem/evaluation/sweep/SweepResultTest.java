package dev.tandem.evaluation.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.knowledge.retrieval.Fusion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepResultTest {
    private static final Configuration PRESENT = new Configuration(384, 0, Fusion.BALANCED);
    private static final Configuration OTHER = new Configuration(200, 20, Fusion.LIGHT);
    private static final Halves HALVES = Halves.of(questions(40), 1);

    @Test
    void choosesByTheFirstHalfAndReportsTheSecond() {
        var result = result(values(0.5, 0.5), values(0.9, 0.2));

        assertThat(result.chosen()).isEqualTo(OTHER);
        assertThat(result.gain()).isCloseTo(-0.3, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(result.surelyBetter()).isFalse();
        assertThat(result.rows().getFirst()).isEqualTo(new SweepResult.Row(OTHER, 0.9, 0.2));
    }

    @Test
    void isSureOfAGainThatTheSecondHalfShowsToo() {
        var result = result(values(0.25, 0.25), values(0.75, 0.5));

        assertThat(result.surelyBetter()).isTrue();
        assertThat(result.interval().low()).isPositive();
    }

    @Test
    void ofEqualsThePresentOneStays() {
        var result = result(values(0.5, 0.5), values(0.5, 1));

        assertThat(result.chosen()).isEqualTo(PRESENT);
        assertThat(result.surelyBetter()).isFalse();
    }

    @Test
    void noDocumentIsInBothHalvesAndEachTypeIsInBothAlike() {
        for (long seed = 0; seed < 50; seed++) {
            var halves = Halves.of(questions(40), seed);

            assertThat(halves.choosing().size() + halves.reporting().size()).isEqualTo(40);
            var shared = new HashSet<>(documents(halves.choosing()));
            shared.retainAll(documents(halves.reporting()));
            assertThat(shared).isEmpty();
            for (var type : List.of(QuestionType.ANSWERABLE, QuestionType.CHANGED)) {
                assertThat(Math.abs(count(halves.choosing(), type) - count(halves.reporting(), type)))
                        .isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void aQuestionThatNamesTwoDocumentsKeepsTheQuestionsAboutBothTogether() {
        var questions = new ArrayList<>(questions(4));
        questions.add(question("both", List.of("0.md", "1.md"), QuestionType.SEVERAL_DOCUMENTS));

        var halves = Halves.of(questions, 3);

        assertThat(List.of(halves.choosing().size(), halves.reporting().size())).contains(5, 0);
    }

    private static SweepResult result(Map<String, Double> present, Map<String, Double> other) {
        var values = new LinkedHashMap<Configuration, Map<String, Double>>();
        values.put(PRESENT, present);
        values.put(OTHER, other);
        return SweepResult.of("ndcg@10", HALVES, values, PRESENT, List.of(), 1);
    }

    private static Map<String, Double> values(double choosing, double reporting) {
        var values = new HashMap<String, Double>();
        HALVES.choosing().forEach(question -> values.put(question.id(), choosing));
        HALVES.reporting().forEach(question -> values.put(question.id(), reporting));
        return values;
    }

    /** Two questions a document, three quarters of one type. */
    private static List<TestCase> questions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> question(
                        "q" + i,
                        List.of(i / 2 + ".md"),
                        i / 2 % 4 == 0 ? QuestionType.CHANGED : QuestionType.ANSWERABLE))
                .toList();
    }

    private static TestCase question(String id, List<String> documents, QuestionType type) {
        return new TestCase(
                id,
                "What?",
                List.of(),
                documents,
                type,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static List<String> documents(List<TestCase> half) {
        return half.stream().flatMap(question -> question.documents().stream()).collect(Collectors.toList());
    }

    private static long count(List<TestCase> half, QuestionType type) {
        return half.stream().filter(question -> question.type() == type).count();
    }
}
