package dev.tandem.workspace.testset;

import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.tuning.example.near.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions asked so far, each embedded once. For one thread. */
final class AskedQuestions {
    private final TextEncoder encoder;
    private final List<AskedQuestion> asked = new ArrayList<>();

    AskedQuestions(TextEncoder encoder) {
        this.encoder = encoder;
    }

    /** The first that came before and is like it, if there is one; remembers the question in either case. */
    Optional<Match> add(String id, String question, List<String> answers) {
        var added = of(id, question, answers);
        var match = match(added);
        asked.add(added);
        return match;
    }

    /** Whether it is like none that came before; remembers it if so. */
    boolean addIfNew(String id, String question, List<String> answers) {
        var added = of(id, question, answers);
        boolean isNew = match(added).isEmpty();
        if (isNew) {
            asked.add(added);
        }
        return isNew;
    }

    /** One that is like another that came before. */
    record Match(String id, AskedQuestion.Likeness likeness) {}

    private Optional<Match> match(AskedQuestion question) {
        return asked.stream()
                .map(before -> new Match(before.id(), question.to(before)))
                .filter(match -> match.likeness() != AskedQuestion.Likeness.NONE)
                .min(java.util.Comparator.comparing(Match::likeness));
    }

    private AskedQuestion of(String id, String question, List<String> answers) {
        var words = Words.of(question);
        return new AskedQuestion(
                id,
                question,
                words,
                Words.pairs(words),
                encoder.encodeQuestion(question).vector(),
                AskedQuestion.plain(answers));
    }
}
