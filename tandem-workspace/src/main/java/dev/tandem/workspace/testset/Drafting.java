package dev.tandem.workspace.testset;

import dev.langchain4j.data.message.ChatMessage;
import dev.tandem.evaluation.draft.Draft;
import dev.tandem.evaluation.draft.DraftChoice;
import dev.tandem.evaluation.draft.DraftDifficulty;
import dev.tandem.evaluation.draft.DraftRules;
import dev.tandem.evaluation.draft.GapCheck;
import dev.tandem.evaluation.draft.ModelDrafter;
import dev.tandem.evaluation.draft.SeveralDocuments;
import dev.tandem.evaluation.draft.SourceDocument;
import dev.tandem.evaluation.draft.UnanswerableDrafts;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSetFile;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.workspace.OpenWorkspace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Drafts questions from a workspace's documents and adds them to a test set, for a person to review. A tenth needs two
 * documents and a tenth has no answer, as far as the documents give such ones. The same index, test set and seed give the
 * same drafts; with a language model they are as repeatable as the model is.
 *
 * @param count how many are wanted, at least 1
 * @param withModel whether the workspace's language model makes those that one document answers
 * @param stop asked between passages of a model's drafting; what was drafted by then is kept
 */
public record Drafting(TestSetFile file, int count, long seed, boolean withModel, BooleanSupplier stop) {
    private static final double SEVERAL = 0.1;
    private static final double UNANSWERABLE = 0.1;

    /** Passages that a model reads at most, for one question that is wanted. */
    private static final int PASSAGES = 2;

    private static final int PER_PASSAGE = 2;

    public Drafting {
        if (count < 1) {
            throw new MendableException("--n is " + count + ": draft at least one question.");
        }
    }

    /** Drafts and adds. */
    public DraftingReport run(OpenWorkspace open, Progress progress) {
        var before = file.cases();
        try (var snapshot = open.index().snapshot()) {
            var documents = Documents.of(snapshot);
            var asked = new AskedQuestions(open.encoder());
            before.forEach(testCase -> asked.add(testCase.id(), testCase.question(), testCase.answers()));
            var rules = DraftRules.over(documents);
            var found = new ArrayList<Draft>();
            try (var reading = progress.start("Reading", documents.size(), "documents")) {
                for (var document : documents) {
                    found.addAll(rules.of(document));
                    reading.step(1);
                }
            }
            var drafter =
                    withModel ? Optional.of(new ModelDrafter(asking(open), seed)) : Optional.<ModelDrafter>empty();
            var choice =
                    new DraftChoice(documents, seed, draft -> asked.addIfNew("", draft.question(), draft.answers()));
            var gaps = choice.choose(
                    new UnanswerableDrafts(rules, documents)
                            .of(found, share(UNANSWERABLE), seed, new GapCheck(snapshot, open.encoder())),
                    share(UNANSWERABLE));
            var several = choice.choose(SeveralDocuments.of(found, seed), share(SEVERAL));
            int left = count - gaps.size() - several.size();
            var single = drafter.isPresent()
                    ? choice.choose(byModel(drafter.get(), documents, left, progress), left)
                    : choice.choose(found, left);
            var cases = Stream.of(single, several, gaps)
                    .flatMap(List::stream)
                    .map(draft -> testCase(draft, snapshot))
                    .toList();
            file.append(cases);
            return new DraftingReport(
                    file.path(),
                    cases,
                    found.size(),
                    before.size() + cases.size(),
                    drafter.map(ModelDrafter::unreadable),
                    drafter.map(ModelDrafter::refused));
        }
    }

    private int share(double of) {
        return (int) Math.floor(of * count);
    }

    private static Function<List<ChatMessage>, String> asking(OpenWorkspace open) {
        var model = open.chatModel();
        return messages ->
                Optional.ofNullable(model.chat(messages).aiMessage().text()).orElse("");
    }

    /** Passages of all documents in turn, until enough was drafted or enough was read. */
    private List<Draft> byModel(ModelDrafter drafter, List<SourceDocument> documents, int wanted, Progress progress) {
        var turns = new ArrayList<Turn>();
        var shuffled = new ArrayList<>(documents);
        Collections.shuffle(shuffled, new Random(seed));
        int longest = documents.stream()
                .mapToInt(document -> document.passages().size())
                .max()
                .orElse(0);
        for (int i = 0; i < longest; i++) {
            for (var document : shuffled) {
                if (i < document.passages().size()) {
                    turns.add(new Turn(document, document.passages().get(i)));
                }
            }
        }
        var drafts = new ArrayList<Draft>();
        try (var asking = progress.start("Drafting", wanted, "questions")) {
            for (var turn : turns.subList(0, Math.min(turns.size(), PASSAGES * wanted))) {
                if (drafts.size() >= wanted + wanted / 5 || stop.getAsBoolean()) {
                    break;
                }
                var more = drafter.of(turn.document(), turn.passage(), PER_PASSAGE);
                drafts.addAll(more);
                asking.step(more.size());
            }
        }
        return drafts;
    }

    private record Turn(SourceDocument document, Passage passage) {}

    private static TestCase testCase(Draft draft, PassageIndex.Snapshot snapshot) {
        return new TestCase(
                id(draft),
                draft.question(),
                draft.answers(),
                draft.answers().isEmpty() ? List.of() : draft.documents(),
                draft.type(),
                Optional.empty(),
                Optional.of(DraftDifficulty.of(draft, snapshot)),
                Optional.of(draft.topic()),
                Optional.of(draft.origin().key()),
                false);
    }

    /** The same question has the same id, whenever it is drafted. */
    private static String id(Draft draft) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256").digest(draft.question().getBytes(StandardCharsets.UTF_8));
            return "d-" + HexFormat.of().formatHex(hash, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
