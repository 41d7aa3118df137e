package dev.tandem.server.resource;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.server.access.Caller;
import dev.tandem.server.access.Role;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Requests;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** {@code POST /api/search}: the passages for a question. */
public final class Search {
    private static final int USUAL = 10;
    private static final int MOST = 100;

    private final Engine engine;
    private final Turns turns;
    private final int maxQuestion;

    /** What it takes. */
    @Description("A question.")
    public record Request(
            String question,

            @Description("How many passages, 1 to 100; 10 unless given.")
            Optional<Integer> count,

            @Description("Which documents may be used, in Tandem's filter language: department = \"hr\".")
            Optional<String> filter) {}

    /** What was found, best first. */
    @Description("Passages, best first.")
    public record Found(
            String question,
            List<Result> results,

            @Description("Further looks for what the passages before lacked, in order.")
            List<Look> hops,

            @Description("Sentences on how the passages came about, as of documents that the question names.")
            List<String> remarks,

            Map<String, Double> timings) {}

    /** A further look. */
    public record Look(
            @Description("What was looked for.") String query,
            @Description("What the passages before lacked.") String reason,

            @Description("The passages that it added, best first.")
            List<String> found) {}

    /** A passage. */
    public record Result(
            int rank,

            @Description("By which it was ranked; comparable within one question only.")
            double score,

            @Description("Cosine similarity to the question; comparable between questions.")
            double cosine,

            String document,
            String title,
            String location,
            String passage,
            String text,
            Map<String, List<String>> metadata) {}

    public Search(Engine engine, Turns turns, int maxQuestion) {
        this.engine = engine;
        this.turns = turns;
        this.maxQuestion = maxQuestion;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.post("/api/search")
                .needs(Role.ASK)
                .does("Search", "Find the passages for a question.")
                .takes(Request.class)
                .gives(Found.class)
                .by(this::search));
    }

    private void search(Context context) {
        Api.reply(context, find(Requests.body(context, Request.class), Requests.caller(context)));
    }

    /**
     * Searches what the caller may see, when it is its turn.
     *
     * @throws ApiError 400 if the request is none
     */
    public Found find(Request request, Caller caller) {
        if (request.question().isBlank() || request.question().length() > maxQuestion) {
            throw ApiError.invalid("'question' must have 1 to " + maxQuestion + " characters.", "question");
        }
        int count = request.count().orElse(USUAL);
        if (count < 1 || count > MOST) {
            throw ApiError.invalid("'count' must be from 1 to " + MOST + ".", "count");
        }
        var filter = caller.visible(filter(request.filter()));
        var retrieval = turns.take(() -> engine.retriever().retrieve(request.question(), count, filter));
        var timings = new TreeMap<String, Double>();
        retrieval.timings().forEach((stage, time) -> timings.put(stage, time.toNanos() / 1e6));
        return new Found(
                request.question(),
                IntStream.range(0, retrieval.passages().size())
                        .mapToObj(i -> result(i + 1, retrieval.passages().get(i)))
                        .toList(),
                retrieval.hops().stream()
                        .map(hop -> new Look(hop.query(), hop.reason(), hop.found()))
                        .toList(),
                retrieval.remarks(),
                timings);
    }

    /**
     * A filter as a request has it.
     *
     * @throws ApiError 400 if it is none
     */
    public static Filter filter(Optional<String> text) {
        try {
            return text.map(FilterParser::parse).orElseGet(Filter.All::new);
        } catch (MendableException e) {
            throw ApiError.invalid(String.valueOf(e.getMessage()), "filter");
        }
    }

    private static Result result(int rank, RetrievedPassage found) {
        var passage = found.passage();
        return new Result(
                rank,
                found.score(),
                found.cosine(),
                passage.document(),
                passage.title(),
                passage.location(),
                passage.id(),
                passage.text(),
                Documents.fields(found.metadata()));
    }
}
