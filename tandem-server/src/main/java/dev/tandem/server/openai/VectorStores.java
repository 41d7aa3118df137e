package dev.tandem.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.server.access.Role;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Requests;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code /v1/vector_stores}: there is one, the workspace, which is searched as {@code tandem search} does. */
public final class VectorStores {
    /** The only one's. */
    static final String ID = "vs_workspace";

    private static final int USUAL = 10;
    private static final int MOST = 50;

    private final Engine engine;
    private final Turns turns;
    private final int maxQuestion;

    /** A store. */
    public record Store(
            String id,
            String object,
            long createdAt,
            String name,

            @Description("Of the documents' files together.")
            long usageBytes,

            Counts fileCounts,
            String status) {}

    /** How many documents there are. */
    public record Counts(int inProgress, int completed, int failed, int cancelled, int total) {}

    /** All. */
    public record Listed(String object, List<Store> data, String firstId, String lastId, boolean hasMore) {}

    /** What a search takes. */
    public record SearchRequest(
            @Description("A question, or several texts that are searched as one.")
            JsonNode query,

            @Description("1 to 50; 10 unless given.") Optional<Integer> maxNumResults,

            @Description(
                    "OpenAI's filters: {type: eq | ne | gt | gte | lt | lte | in | nin, key, value} or {type: and | or, filters}.")
            Optional<JsonNode> filters,

            Optional<RankingOptions> rankingOptions,

            @Description("Only false: questions are searched as they are.")
            Optional<Boolean> rewriteQuery) {}

    /** How results are ranked. */
    public record RankingOptions(
            @Description("auto; there is one ranker.") Optional<String> ranker,
            @Description("The least score, 0 to 1.") Optional<Double> scoreThreshold) {}

    /** What was found, best first. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Page(
            String object, List<String> searchQuery, List<Hit> data, boolean hasMore, Optional<String> nextPage) {}

    /** A passage. */
    public record Hit(
            @Description("The document's path.") String fileId,
            String filename,

            @Description(
                    "Cosine similarity to the question, 0 to 1. Results are in the order of their rank, which weighs more.")
            double score,

            Map<String, Object> attributes,
            List<Text> content) {}

    /** A text. */
    public record Text(String type, String text) {}

    public VectorStores(Engine engine, Turns turns, int maxQuestion) {
        this.engine = engine;
        this.turns = turns;
        this.maxQuestion = maxQuestion;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/v1/vector_stores")
                        .needs(Role.ASK)
                        .does("Vector stores", "List the one there is.")
                        .gives(Listed.class)
                        .by(context -> Api.reply(context, new Listed("list", List.of(store(context)), ID, ID, false))),
                Endpoint.get("/v1/vector_stores/{id}")
                        .needs(Role.ASK)
                        .does("Vector stores", "Tell of it.")
                        .inPath("id", ID)
                        .gives(Store.class)
                        .by(context -> {
                            require(context);
                            Api.reply(context, store(context));
                        }),
                Endpoint.post("/v1/vector_stores/{id}/search")
                        .needs(Role.ASK)
                        .does("Vector stores", "Find the passages for a question.")
                        .inPath("id", ID)
                        .takes(SearchRequest.class)
                        .gives(Page.class)
                        .by(this::search));
    }

    private static void require(Context context) {
        var id = context.pathParam("id");
        if (!id.equals(ID)) {
            throw ApiError.unknown(
                    "Vector store with id '" + id + "' not found: there is one, " + ID + ".", "vector_store_not_found");
        }
    }

    private Store store(Context context) {
        try (var snapshot = engine.index().snapshot()) {
            var documents = Requests.caller(context).visible(snapshot.documents());
            int count = documents.size();
            return new Store(
                    ID,
                    "vector_store",
                    documents.stream()
                            .mapToLong(each -> each.modifiedMillis() / 1000)
                            .min()
                            .orElse(0),
                    String.valueOf(engine.workspace().folder().getFileName()),
                    documents.stream().mapToLong(each -> each.size()).sum(),
                    new Counts(0, count, 0, 0, count),
                    "completed");
        }
    }

    private void search(Context context) {
        require(context);
        var request = Requests.body(context, SearchRequest.class);
        var queries = queries(request.query());
        var question = String.join("\n", queries);
        if (question.isBlank() || question.length() > maxQuestion) {
            throw ApiError.invalid("'query' must have 1 to " + maxQuestion + " characters.", "query");
        }
        int count = request.maxNumResults().orElse(USUAL);
        if (count < 1 || count > MOST) {
            throw ApiError.invalid("'max_num_results' must be from 1 to " + MOST + ".", "max_num_results");
        }
        if (request.rewriteQuery().orElse(false)) {
            throw ApiError.invalid("Questions are not rewritten here: leave 'rewrite_query' out.", "rewrite_query");
        }
        double least =
                request.rankingOptions().flatMap(RankingOptions::scoreThreshold).orElse(0.0);
        var filter = Requests.caller(context).visible(AttributeFilter.of(request.filters()));
        var found = turns.take(() -> engine.retriever().retrieve(question, count, filter));
        Api.reply(
                context,
                new Page(
                        "vector_store.search_results.page",
                        queries,
                        found.passages().stream()
                                .map(VectorStores::hit)
                                .filter(hit -> hit.score() >= least)
                                .toList(),
                        false,
                        Optional.empty()));
    }

    private static List<String> queries(JsonNode query) {
        if (query.isTextual()) {
            return List.of(query.asText());
        }
        var queries = new ArrayList<String>();
        query.forEach(each -> queries.add(each.isTextual() ? each.asText() : ""));
        if (!query.isArray() || queries.isEmpty() || queries.contains("")) {
            throw ApiError.invalid("'query' must be a text or a list of texts.", "query");
        }
        return queries;
    }

    private static Hit hit(RetrievedPassage found) {
        var attributes = new TreeMap<String, Object>();
        found.metadata().fields().forEach((name, values) -> attributes.put(name, attribute(values)));
        var passage = found.passage();
        return new Hit(
                passage.document(),
                passage.document(),
                Math.clamp(found.cosine(), 0, 1),
                attributes,
                List.of(new Text("text", passage.text())));
    }

    /** Texts, numbers and truth values are sent as they are; several values as one text. */
    private static Object attribute(List<FieldValue> values) {
        return values.size() == 1
                ? switch (values.getFirst()) {
                    case FieldValue.Numeric(double number) -> (Object) number;
                    case FieldValue.Flag(boolean flag) -> (Object) flag;
                    case FieldValue.Text(String text) -> text;
                    case FieldValue.Date date -> date.display();
                }
                : values.stream().map(FieldValue::display).collect(Collectors.joining(", "));
    }
}
