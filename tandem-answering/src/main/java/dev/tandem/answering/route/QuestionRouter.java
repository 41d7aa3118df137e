package dev.tandem.answering.route;

import dev.tandem.answering.prompt.Turn;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.passage.Stems;
import dev.tandem.knowledge.retrieval.InverseFrequency;
import dev.tandem.models.embedding.TextEncoder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells requests that need no retrieval from questions for the documents, without a language model. In doubt a request is a question
 * for the documents, for those are declined as well if the documents do not answer them. What no rule knows is compared with
 * sentences that people say ({@link TalkExamples}), by the embedding that the search for it would need anyway.
 *
 * <p>Off-topic is a request most of whose content words, by weight, no passage has: {@value #UNKNOWN} of them and at least
 * {@value #FEWEST_UNKNOWN}. That looks at the whole index, so it is not asked for callers who may see a part of it only:
 * whether a word is known there would tell of what they may not see.
 *
 * <p>Safe for use by many threads.
 */
public final class QuestionRouter {
    /** What is said to an off-topic request. */
    public static final String OFF_TOPIC = "The documents are not about this.";

    private static final double UNKNOWN = 0.6;
    private static final int FEWEST_UNKNOWN = 2;

    /** What is longer says more than talk does. */
    private static final int LONGEST_TALK = 160;

    private final PassageIndex index;
    private final Predicate<String> namesDocuments;
    private final Optional<Talk> talk;

    /** Examples, and what makes texts comparable with them. */
    private record Talk(TalkExamples examples, TextEncoder encoder) {}

    /**
     * How a request is handled.
     *
     * @param reply what is said without looking into the documents; empty for {@link Route#DOCUMENTS}
     */
    public record Routed(Route route, String reply) {}

    /** Makes a router that needs no embedding. */
    public QuestionRouter(PassageIndex index) {
        this.index = index;
        this.namesDocuments = question -> false;
        this.talk = Optional.empty();
    }

    /**
     * Makes a router.
     *
     * @param encoder embeds requests, to compare them with examples of talk; stays the caller's
     * @param namesDocuments whether a question says in which documents to look: such words need not stand in the documents themselves
     */
    public QuestionRouter(PassageIndex index, TextEncoder encoder, Predicate<String> namesDocuments) {
        this.index = index;
        this.namesDocuments = namesDocuments;
        this.talk = Optional.of(new Talk(TalkExamples.shipped(), encoder));
    }

    /**
     * Routes a request.
     *
     * @param turns earlier ones of the conversation, oldest first
     * @param filter which documents may be used
     */
    public Routed route(String question, List<Turn> turns, Filter filter) {
        return routed(Route.CONVERSATION, ConversationQuestion.reply(question, turns))
                .or(() -> routed(Route.SMALL_TALK, SmallTalk.reply(question)))
                .or(() -> routed(Route.ARITHMETIC, Arithmetic.answer(question)))
                .or(() -> talk(question, turns))
                .orElseGet(() -> turns.isEmpty()
                                && filter instanceof Filter.All
                                && !namesDocuments.test(question)
                                && isOffTopic(question)
                        ? new Routed(Route.OFF_TOPIC, OFF_TOPIC)
                        : new Routed(Route.DOCUMENTS, ""));
    }

    private static Optional<Routed> routed(Route route, Optional<String> reply) {
        return reply.map(text -> new Routed(route, text));
    }

    private Optional<Routed> talk(String question, List<Turn> turns) {
        if (talk.isEmpty() || question.length() > LONGEST_TALK || question.isBlank()) {
            return Optional.empty();
        }
        var kind = talk.get().examples().kind(question, talk.get().encoder());
        return switch (kind.orElse(TalkExamples.Kind.DOCUMENTS)) {
            case REPEAT -> Optional.of(new Routed(Route.CONVERSATION, ConversationQuestion.lastAnswer(turns)));
            case MEMORY -> Optional.of(new Routed(Route.CONVERSATION, ConversationQuestion.questions(turns)));
            case FOLLOW_UP ->
                turns.isEmpty()
                        ? routed(Route.SMALL_TALK, SmallTalk.reply(TalkExamples.Kind.FOLLOW_UP))
                        : Optional.empty();
            default -> routed(Route.SMALL_TALK, kind.flatMap(SmallTalk::reply));
        };
    }

    private boolean isOffTopic(String question) {
        try (var snapshot = index.snapshot()) {
            var frequency = InverseFrequency.of(snapshot);
            var seen = new HashSet<String>();
            double all = 0;
            double unknown = 0;
            int count = 0;
            for (var word : Stems.of(question)) {
                if (seen.add(word.stem())) {
                    double weight = frequency.of(word.stem());
                    all += weight;
                    if (snapshot.passagesContaining(word.stem()) == 0) {
                        unknown += weight;
                        count++;
                    }
                }
            }
            return count >= FEWEST_UNKNOWN && unknown >= UNKNOWN * all;
        }
    }
}
