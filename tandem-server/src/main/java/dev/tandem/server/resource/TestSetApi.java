package dev.tandem.server.resource;

import dev.tandem.evaluation.testset.AnswerCheck;
import dev.tandem.evaluation.testset.Difficulty;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.server.access.Role;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Requests;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** {@code /api/testset}: the team's questions, read, reviewed and changed one by one. */
public final class TestSetApi {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int MOST_TEXTS = 100;
    private static final int LONGEST = 20_000;
    private static final String ID = "[A-Za-z0-9][A-Za-z0-9._:-]{0,99}";

    private final TestSetCases cases;

    /** A question. */
    @Description("A question with what is known of its answer.")
    public record Case(
            String id,
            String question,
            List<String> answers,
            List<String> documents,
            String type,
            Optional<String> filter,
            Optional<String> difficulty,
            Optional<String> topic,

            @Description(
                    "By what an answer is right: contains, label, numeric, regex or judge; the run's own unless given.")
            Optional<String> check,

            Optional<String> origin,
            boolean reviewed,

            @Description("Send it with a change: it is refused (409) if somebody else was faster.")
            String version) {
        static Case of(TestCase from) {
            return new Case(
                    from.id(),
                    from.question(),
                    from.answers(),
                    from.documents(),
                    from.type().key(),
                    from.filter(),
                    from.difficulty().map(Difficulty::key),
                    from.topic(),
                    from.check().map(AnswerCheck::key),
                    from.origin(),
                    from.reviewed(),
                    TestSetCases.version(from));
        }
    }

    /** Some of them. */
    public record Page(List<Case> cases, int total) {}

    /** All of a question that is new, or takes another's place. */
    @Description("A question; version is needed where it takes another's place.")
    public record Whole(
            Optional<String> id,
            String question,
            List<String> answers,
            List<String> documents,

            @Description("answerable, changed, style, several_documents or unanswerable.")
            String type,

            Optional<String> filter,
            @Description("easy, medium or hard.") Optional<String> difficulty,
            Optional<String> topic,
            Optional<String> check,
            Optional<Boolean> reviewed,
            Optional<String> version) {}

    /** What changes. */
    @Description("The fields that change; an empty text takes filter, difficulty or topic away.")
    public record Change(
            String version,
            Optional<String> question,
            Optional<List<String>> answers,
            Optional<List<String>> documents,
            Optional<String> type,
            Optional<String> filter,
            Optional<String> difficulty,
            Optional<String> topic,
            Optional<String> check,
            Optional<Boolean> reviewed) {}

    /** Which version is meant. */
    public record Accepting(String version) {}

    /** What is gone. */
    public record Deleted(String id, boolean deleted) {}

    public TestSetApi(TestSetCases cases) {
        this.cases = cases;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/testset")
                        .needs(Role.EDIT)
                        .does("Test set", "List questions, in the order of the file.")
                        .inQuery("offset", "integer", "How many to pass over.")
                        .inQuery("count", "integer", "How many, 1 to 500; 50 unless given.")
                        .inQuery("reviewed", "boolean", "Only those that a person accepted, or only the others.")
                        .inQuery("contains", "string", "Only those whose question or id has this in it.")
                        .gives(Page.class)
                        .by(this::list),
                Endpoint.post("/api/testset")
                        .needs(Role.EDIT)
                        .does("Test set", "Add a question.")
                        .takes(Whole.class)
                        .gives(201, "application/json", Case.class)
                        .by(context -> {
                            var added = cases.add(written(Requests.body(context, Whole.class)));
                            context.status(201);
                            Api.reply(context, Case.of(added));
                        }),
                one(Endpoint.get("/api/testset/{id}"), "Give a question.")
                        .gives(Case.class)
                        .by(context -> Api.reply(context, Case.of(cases.get(context.pathParam("id"))))),
                one(Endpoint.put("/api/testset/{id}"), "Put a question in the place of another.")
                        .takes(Whole.class)
                        .gives(Case.class)
                        .by(this::replace),
                one(Endpoint.patch("/api/testset/{id}"), "Change fields of a question.")
                        .takes(Change.class)
                        .gives(Case.class)
                        .by(context -> {
                            var change = Requests.body(context, Change.class);
                            changed(context, change.version(), before -> patched(before, change));
                        }),
                one(Endpoint.delete("/api/testset/{id}"), "Take a question out.")
                        .inQuery("version", "string", "The version that is meant.")
                        .gives(Deleted.class)
                        .by(context -> {
                            var id = context.pathParam("id");
                            cases.drop(id, needed(Requests.text(context, "version")));
                            Api.reply(context, new Deleted(id, true));
                        }),
                one(Endpoint.post("/api/testset/{id}/accept"), "Mark a question as accepted by a person.")
                        .takes(Accepting.class)
                        .gives(Case.class)
                        .by(context -> changed(
                                context,
                                Requests.body(context, Accepting.class).version(),
                                before -> with(before, true))));
    }

    private static Endpoint.Builder one(Endpoint.Builder endpoint, String line) {
        return endpoint.needs(Role.EDIT).does("Test set", line).inPath("id", "Of the question.");
    }

    private void list(Context context) {
        int offset = Requests.number(context, "offset", 0, 0, Integer.MAX_VALUE);
        int count = Requests.number(context, "count", USUAL, 1, MOST);
        var reviewed = Requests.text(context, "reviewed");
        if (!reviewed.map(text -> text.equals("true") || text.equals("false")).orElse(true)) {
            throw ApiError.invalid("'reviewed' must be true or false.", "reviewed");
        }
        var words = Requests.text(context, "contains").map(text -> text.toLowerCase(Locale.ROOT));
        var found = cases.all().stream()
                .filter(each -> reviewed.map(text -> Boolean.parseBoolean(text) == each.reviewed())
                        .orElse(true))
                .filter(each -> words.map(text -> (each.id() + "\n" + each.question())
                                .toLowerCase(Locale.ROOT)
                                .contains(text))
                        .orElse(true))
                .toList();
        Api.reply(
                context,
                new Page(found.stream().skip(offset).limit(count).map(Case::of).toList(), found.size()));
    }

    private void replace(Context context) {
        var whole = Requests.body(context, Whole.class);
        var id = context.pathParam("id");
        if (whole.id().map(given -> !given.equals(id)).orElse(false)) {
            throw ApiError.invalid("'id' is another than in the path: an id stays.", "id");
        }
        var written = written(whole);
        changed(
                context,
                needed(whole.version()),
                before -> new TestCase(
                        id,
                        written.question(),
                        written.answers(),
                        written.documents(),
                        written.type(),
                        written.filter(),
                        written.difficulty(),
                        written.topic(),
                        written.check().or(before::check),
                        before.origin(),
                        written.reviewed()));
    }

    private void changed(Context context, String version, UnaryOperator<TestCase> change) {
        Api.reply(context, Case.of(cases.change(context.pathParam("id"), version, change)));
    }

    private static String needed(Optional<String> version) {
        return version.orElseThrow(
                () -> ApiError.invalid("Missing required parameter: 'version', as the question has it.", "version"));
    }

    private static TestCase written(Whole whole) {
        return checked(new TestCase(
                whole.id().orElseGet(() -> "q-" + UUID.randomUUID().toString().substring(0, 8)),
                whole.question(),
                whole.answers(),
                whole.documents(),
                type(whole.type()),
                given(whole.filter()),
                whole.difficulty().flatMap(TestSetApi::difficulty),
                given(whole.topic()),
                whole.check().map(TestSetApi::check),
                Optional.of("written"),
                whole.reviewed().orElse(false)));
    }

    private static TestCase patched(TestCase before, Change change) {
        return checked(new TestCase(
                before.id(),
                change.question().orElse(before.question()),
                change.answers().orElse(before.answers()),
                change.documents().orElse(before.documents()),
                change.type().map(TestSetApi::type).orElse(before.type()),
                change.filter().isPresent() ? given(change.filter()) : before.filter(),
                change.difficulty().isPresent()
                        ? change.difficulty().flatMap(TestSetApi::difficulty)
                        : before.difficulty(),
                change.topic().isPresent() ? given(change.topic()) : before.topic(),
                change.check().map(TestSetApi::check).or(before::check),
                before.origin(),
                change.reviewed().orElse(before.reviewed())));
    }

    private static TestCase with(TestCase before, boolean reviewed) {
        return new TestCase(
                before.id(),
                before.question(),
                before.answers(),
                before.documents(),
                before.type(),
                before.filter(),
                before.difficulty(),
                before.topic(),
                before.check(),
                before.origin(),
                reviewed);
    }

    private static Optional<String> given(Optional<String> text) {
        return text.filter(each -> !each.isBlank());
    }

    private static AnswerCheck check(String key) {
        return AnswerCheck.of(key)
                .orElseThrow(() -> ApiError.invalid("'check' must be one of " + AnswerCheck.keys() + ".", "check"));
    }

    private static QuestionType type(String key) {
        return QuestionType.of(key)
                .orElseThrow(() -> ApiError.invalid(
                        "'type' must be answerable, changed, style, several_documents or unanswerable.", "type"));
    }

    private static Optional<Difficulty> difficulty(String key) {
        if (key.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Difficulty.of(key)
                .orElseThrow(() -> ApiError.invalid("'difficulty' must be easy, medium or hard.", "difficulty")));
    }

    private static TestCase checked(TestCase testCase) {
        if (!testCase.id().matches(ID)) {
            throw ApiError.invalid("'id' must have up to 100 letters, digits, dots, dashes and colons.", "id");
        }
        if (testCase.question().isBlank() || testCase.question().length() > LONGEST) {
            throw ApiError.invalid("'question' must have 1 to " + LONGEST + " characters.", "question");
        }
        texts("answers", testCase.answers());
        texts("documents", testCase.documents());
        Search.filter(testCase.filter());
        return testCase;
    }

    private static void texts(String field, List<String> texts) {
        if (texts.size() > MOST_TEXTS || texts.stream().anyMatch(text -> text.isBlank() || text.length() > LONGEST)) {
            throw ApiError.invalid(
                    "'" + field + "' may hold " + MOST_TEXTS + " texts at most, none empty or longer than " + LONGEST
                            + " characters.",
                    field);
        }
    }
}
