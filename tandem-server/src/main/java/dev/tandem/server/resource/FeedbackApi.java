package dev.tandem.server.resource;

import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.server.access.Role;
import dev.tandem.server.feedback.Feedback;
import dev.tandem.server.feedback.FeedbackStore;
import dev.tandem.server.feedback.KeptAnswer;
import dev.tandem.server.feedback.KeptAnswers;
import dev.tandem.server.feedback.TrainingExamples;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Requests;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** {@code /api/feedback}: thumbs, corrections and reasons, and what is made of them. */
public final class FeedbackApi {
    private static final int MOST_REASONS = 10;
    private static final int LONGEST_REASON = 100;
    private static final int LONGEST_TEXT = 20_000;
    private static final int USUAL = 50;
    private static final int MOST = 500;

    private final FeedbackStore store;
    private final KeptAnswers answers;
    private final TestSetCases testSet;
    private final TrainingExamples examples;
    private final Clock clock;

    /** What it takes. */
    @Description("What the caller thinks of an answer; a second one on the same answer takes the place of the first.")
    public record Request(
            @Description("The id of the answer: chatcmpl-...")
            String answerId,

            @Description("up or down.") Feedback.Rating rating,

            @Description("A few words each, like: wrong, incomplete, outdated.")
            Optional<List<String>> reasons,

            @Description("What the answer should have been.")
            Optional<String> correction,

            Optional<String> comment) {}

    /** Kept. */
    public record Taken(long id) {}

    /** Some of it. */
    public record Page(List<Feedback> feedback, int total) {}

    /** What was made. */
    public record MadeTestCase(String testCase) {}

    /** What was made. */
    public record MadeExample(String file) {}

    public FeedbackApi(
            FeedbackStore store, KeptAnswers answers, TestSetCases testSet, TrainingExamples examples, Clock clock) {
        this.store = store;
        this.answers = answers;
        this.testSet = testSet;
        this.examples = examples;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/feedback")
                        .needs(Role.ASK)
                        .does("Feedback", "Say what an answer was worth.")
                        .takes(Request.class)
                        .gives(201, "application/json", Taken.class)
                        .by(this::take),
                Endpoint.get("/api/feedback")
                        .needs(Role.EDIT)
                        .does("Feedback", "List feedback with the answers that it is about, the newest first.")
                        .inQuery("offset", "integer", "How many to pass over.")
                        .inQuery("count", "integer", "How many, 1 to 500; 50 unless given.")
                        .gives(Page.class)
                        .by(context -> Api.reply(
                                context,
                                new Page(
                                        store.page(
                                                Requests.number(context, "offset", 0, 0, Integer.MAX_VALUE),
                                                Requests.number(context, "count", USUAL, 1, MOST)),
                                        store.count()))),
                Endpoint.post("/api/feedback/{id}/test-case")
                        .needs(Role.EDIT)
                        .does("Feedback", "Make a question of the test set of it; the same again gives the same.")
                        .inPath("id", "Of the feedback.")
                        .gives(MadeTestCase.class)
                        .by(context -> Api.reply(context, new MadeTestCase(testCase(found(context))))),
                Endpoint.post("/api/feedback/{id}/training-example")
                        .needs(Role.EDIT)
                        .does("Feedback", "Make an example to learn from of it, once.")
                        .inPath("id", "Of the feedback.")
                        .gives(MadeExample.class)
                        .by(context -> Api.reply(context, new MadeExample(example(found(context))))));
    }

    private void take(Context context) {
        var request = Requests.body(context, Request.class);
        var reasons = request.reasons().orElse(List.of());
        if (reasons.size() > MOST_REASONS
                || reasons.stream().anyMatch(each -> each.isBlank() || each.length() > LONGEST_REASON)) {
            throw ApiError.invalid(
                    "'reasons' may be " + MOST_REASONS + " at most, of 1 to " + LONGEST_REASON + " characters.",
                    "reasons");
        }
        var caller = Requests.caller(context);
        // Whoever may not see all feedback may not find out about the answers of others.
        var answer = answers.find(request.answerId())
                .filter(each ->
                        each.caller().equals(caller.name()) || caller.role().includes(Role.EDIT))
                .orElseThrow(() -> ApiError.unknown(
                        "There is no such answer, or it is not kept any more (serve.keep_answers in tandem.yaml).",
                        "answer_not_found"));
        var kept = store.add(new Feedback(
                0,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                caller.name(),
                request.rating(),
                reasons,
                text(request.correction(), "correction"),
                text(request.comment(), "comment"),
                answer,
                Optional.empty(),
                false));
        context.status(201);
        Api.reply(context, new Taken(kept.id()));
    }

    private static Optional<String> text(Optional<String> given, String field) {
        if (given.map(String::length).orElse(0) > LONGEST_TEXT) {
            throw ApiError.invalid("'" + field + "' may have " + LONGEST_TEXT + " characters at most.", field);
        }
        return given.filter(text -> !text.isBlank());
    }

    private Feedback found(Context context) {
        var id = context.pathParam("id");
        return Optional.of(id)
                .filter(text -> text.matches("\\d{1,18}"))
                .flatMap(text -> store.find(Long.parseLong(text)))
                .orElseThrow(() -> ApiError.unknown("There is no such feedback.", "feedback_not_found"));
    }

    private synchronized String testCase(Feedback feedback) {
        var before = feedback.testCase().filter(testSet::has);
        if (before.isPresent()) {
            return before.get();
        }
        var id = "feedback-" + feedback.id();
        if (!testSet.has(id)) {
            testSet.add(testCase(id, feedback));
        }
        store.madeTestCase(feedback.id(), id);
        return id;
    }

    private static TestCase testCase(String id, Feedback feedback) {
        var question = question(feedback.context());
        boolean declinedRightly = feedback.context().declined()
                && feedback.rating() == Feedback.Rating.UP
                && feedback.correction().isEmpty();
        if (declinedRightly) {
            return testCase(id, question, List.of(), List.of(), QuestionType.UNANSWERABLE);
        }
        // Documents that a wrong answer cites may be the wrong ones: a person adds the right ones when reviewing.
        var documents = feedback.rating() == Feedback.Rating.UP
                ? feedback.context().sources().stream()
                        .map(KeptAnswer.Source::document)
                        .distinct()
                        .toList()
                : List.<String>of();
        return testCase(id, question, List.of(right(feedback)), documents, QuestionType.ANSWERABLE);
    }

    private static TestCase testCase(
            String id, String question, List<String> answers, List<String> documents, QuestionType type) {
        return new TestCase(
                id,
                question,
                answers,
                documents,
                type,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("feedback"),
                false);
    }

    private synchronized String example(Feedback feedback) {
        if (!store.find(feedback.id()).map(Feedback::trainingExample).orElse(false)) {
            question(feedback.context());
            examples.add(feedback.context(), right(feedback));
            store.madeTrainingExample(feedback.id());
        }
        return String.valueOf(examples.file().getFileName());
    }

    private static String question(KeptAnswer answer) {
        return answer.question()
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> ApiError.invalid("The answer was to no question in words."));
    }

    private static String right(Feedback feedback) {
        return feedback.rightAnswer()
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> ApiError.invalid(
                        "Nobody said what the right answer is: send the feedback again with a correction."));
    }
}
