package dev.tandem.evaluation.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.evaluation.testset.QuestionType;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DraftChoiceTest {
    private final List<SourceDocument> documents = IntStream.range(0, 6)
            .mapToObj(i -> DraftRulesTest.document(
                    "topic" + i % 2 + "/d" + i + ".md",
                    "Guide " + i,
                    "Name: Lamp" + i + " | Weight: " + (100 + i) + " g | Price: " + (20 + i) + " EUR\n" + "Name: Tent"
                            + i + " | Weight: " + (900 + i) + " g | Price: " + (70 + i) + " EUR"))
            .toList();
    private final DraftRules rules = DraftRules.over(documents);
    private final List<Draft> drafts =
            documents.stream().flatMap(document -> rules.of(document).stream()).toList();

    @Test
    void documentsComeInTurnAndTheSameSeedGivesTheSame() {
        var chosen = choose(6, 1);
        assertThat(chosen).extracting(Draft::document).doesNotHaveDuplicates().hasSize(6);
        assertThat(choose(6, 1)).isEqualTo(chosen);
        assertThat(choose(6, 2)).isNotEqualTo(chosen);
        assertThat(choose(1_000, 1)).hasSameSizeAs(drafts);
    }

    @Test
    void aQuestionThatTwoDocumentsAnswerDifferentlyIsPutUnderItsTitle() {
        var both = List.of(
                DraftRulesTest.document("a/new.md", "Returns", "Unused skis can be returned within 60 days."),
                DraftRulesTest.document("a/old.md", "Returns 2023", "Unused skis can be returned within 30 days."));
        var found = both.stream()
                .flatMap(each -> DraftRules.over(both).of(each).stream())
                .toList();
        var chosen = new DraftChoice(both, 1, draft -> true).choose(found, 2);
        assertThat(chosen).hasSize(2).allMatch(draft -> draft.question().startsWith("According to “Returns"));
    }

    @Test
    void twoFactsOfATopicMakeAQuestionThatNeedsBothDocuments() {
        var pairs = SeveralDocuments.of(drafts, 1);
        assertThat(pairs).isNotEmpty().allSatisfy(pair -> {
            assertThat(pair.type()).isEqualTo(QuestionType.SEVERAL_DOCUMENTS);
            assertThat(pair.documents()).hasSize(2).doesNotHaveDuplicates();
            assertThat(pair.answers()).hasSize(2);
            for (int i = 0; i < 2; i++) {
                int part = i;
                var document = documents.stream()
                        .filter(each -> each.path().equals(pair.documents().get(part)))
                        .findFirst()
                        .orElseThrow();
                assertThat(document.holds(pair.answers().get(i))).isTrue();
            }
        });
    }

    private List<Draft> choose(int count, long seed) {
        var seen = new HashSet<String>();
        return new DraftChoice(documents, seed, draft -> seen.add(draft.question())).choose(drafts, count);
    }
}
