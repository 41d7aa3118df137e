package dev.tandem.server.openai;

import dev.tandem.server.access.Role;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.engine.ServedModel;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import io.javalin.http.Context;
import java.util.List;
import java.util.stream.Stream;

/** {@code /v1/models}: what requests may name. */
public final class Models {
    private final Engine engine;
    private final long since;

    /** A model's name. */
    @Description("A strategy, a model or an adapter.")
    public record Model(String id, String object, long created, String ownedBy) {}

    /** All. */
    public record Listed(String object, List<Model> data) {}

    /** @param since when the server began, in seconds; models have no birthday of their own here */
    public Models(Engine engine, long since) {
        this.engine = engine;
        this.since = since;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/v1/models")
                        .needs(Role.ASK)
                        .does("Models", "List strategies, models and adapters.")
                        .gives(Listed.class)
                        .by(context -> Api.reply(context, new Listed("list", all().toList()))),
                // A strategy's name has a slash.
                Endpoint.get("/v1/models/<model>")
                        .needs(Role.ASK)
                        .does("Models", "Tell of one.")
                        .inPath("model", "Its name.")
                        .gives(Model.class)
                        .by(this::one));
    }

    private void one(Context context) {
        var id = context.pathParam("model");
        Api.reply(
                context,
                all().filter(model -> model.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> ApiError.unknown(
                                "The model '" + id + "' does not exist: /v1/models lists all.", "model_not_found")));
    }

    private Stream<Model> all() {
        return Stream.concat(
                engine.models().stream()
                        .map((ServedModel model) -> new Model(model.id(), "model", since, model.owner())),
                // The one that answers no questions.
                Stream.of(new Model(engine.encoder().id(), "model", since, "embedding")));
    }
}
