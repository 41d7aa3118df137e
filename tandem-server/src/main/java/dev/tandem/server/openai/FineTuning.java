package dev.tandem.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.server.access.Role;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.JsonBodies;
import dev.tandem.server.http.Requests;
import dev.tandem.server.job.Job;
import dev.tandem.server.job.Jobs;
import dev.tandem.server.job.TuneAdapter;
import dev.tandem.tuning.training.TuningSettings;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /v1/fine_tuning/jobs}: tunes adapters in this process, as OpenAI's clients ask for it. */
public final class FineTuning {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String REQUEST = "request";
    private static final int USUAL = 20;
    private static final int MOST = 100;

    private final Engine engine;
    private final UploadedFiles files;
    private final Jobs jobs;

    public FineTuning(Engine engine, UploadedFiles files, Jobs jobs) {
        this.engine = engine;
        this.files = files;
        this.jobs = jobs;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/v1/fine_tuning/jobs")
                        .needs(Role.EDIT)
                        .does("Fine-tuning", "Tune the base model on a file's examples.")
                        .takes(FineTuningRequest.class)
                        .gives(FineTuningJob.class)
                        .by(this::create),
                Endpoint.get("/v1/fine_tuning/jobs")
                        .needs(Role.EDIT)
                        .does("Fine-tuning", "List tunings, the newest first.")
                        .inQuery("after", "string", "Only those older than the one of this id.")
                        .inQuery("limit", "integer", "How many, 1 to 100; 20 unless given.")
                        .gives(FineTuningJob.Listed.class)
                        .by(this::list),
                one(Endpoint.get("/v1/fine_tuning/jobs/{id}"), "Tell how a tuning stands.")
                        .gives(FineTuningJob.class)
                        .by(context -> Api.reply(context, view(job(context)))),
                one(Endpoint.post("/v1/fine_tuning/jobs/{id}/cancel"), "End a tuning.")
                        .gives(FineTuningJob.class)
                        .by(context -> Api.reply(context, view(jobs.cancel(job(context))))),
                one(
                                Endpoint.get("/v1/fine_tuning/jobs/{id}/events"),
                                "List what happened to a tuning, the newest first.")
                        .inQuery("after", "string", "Only events older than the one of this id.")
                        .inQuery("limit", "integer", "How many, 1 to 100; 20 unless given.")
                        .gives(FineTuningJob.Events.class)
                        .by(this::events),
                one(Endpoint.get("/v1/fine_tuning/jobs/{id}/checkpoints"), "List the weights that a tuning kept.")
                        .inQuery("after", "string", "Has no effect: there is one checkpoint, the best.")
                        .inQuery("limit", "integer", "Has no effect: there is one checkpoint, the best.")
                        .gives(FineTuningJob.Checkpoints.class)
                        .by(this::checkpoints));
    }

    private static Endpoint.Builder one(Endpoint.Builder endpoint, String summary) {
        return endpoint.needs(Role.EDIT).does("Fine-tuning", summary).inPath("id", "The tuning's.");
    }

    private void create(Context context) {
        var request = Requests.body(context, FineTuningRequest.class);
        var base = engine.tunable()
                .orElseThrow(() -> ApiError.invalid(
                        "The language model of this workspace runs on another server, and cannot be tuned here.",
                        "model"));
        if (!request.model().equals(base.name())) {
            throw ApiError.invalid(
                    "The model '" + request.model() + "' cannot be tuned: '" + base.name() + "' can.", "model");
        }
        var given = request.given();
        var training = file(request.trainingFile(), "training_file");
        var heldOut = request.validationFile().map(id -> file(id, "validation_file"));
        var defaults = TuningSettings.of(
                        TuningSettings.Method.LORA,
                        ConfigFile.read(base.folder()).parameters())
                .withSamples(0);
        var settings = given.in(request.seed().map(defaults::withSeed).orElse(defaults));
        var name = request.suffix()
                .map(this::free)
                .orElseGet(() -> "tuned-" + Jobs.newId("").substring(0, 12));
        var input = new TuneAdapter.Input(
                        base.folder(), training, heldOut, engine.adapterFolder().resolve(name), settings)
                .json();
        input.set(REQUEST, JsonBodies.mapper().valueToTree(request));
        Api.reply(
                context,
                view(jobs.submit(
                        TuneAdapter.KIND,
                        "ftjob-",
                        input,
                        Requests.caller(context).name())));
    }

    private Path file(String id, String field) {
        var file = files.find(id)
                .orElseThrow(() -> ApiError.invalid("There is no file '" + id + "': upload it first.", field));
        if (!file.purpose().equals("fine-tune")) {
            throw ApiError.invalid(
                    "The file '" + id + "' was uploaded for " + file.purpose() + ", not for fine-tune.", field);
        }
        return files.path(file);
    }

    /** A name that no model and no tuning has yet. */
    private String free(String suffix) {
        if (!NAME.matcher(suffix).matches()) {
            throw ApiError.invalid(
                    "'suffix' must have 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first.",
                    "suffix");
        }
        boolean wanted = jobs.active().stream()
                .anyMatch(job -> job.kind().equals(TuneAdapter.KIND)
                        && TuneAdapter.Input.of(job.input()).adapter().equals(suffix));
        var folder = engine.adapterFolder().resolve(suffix);
        boolean there =
                Files.exists(folder.resolve("tandem.json")) || Files.exists(folder.resolve("adapter_config.json"));
        if (wanted || there || engine.model(suffix).isPresent()) {
            throw ApiError.conflict("There is a model '" + suffix + "' already, or one is being tuned, or was left half"
                    + " tuned in " + engine.adapterFolder().getFileName() + ": choose another suffix.");
        }
        return suffix;
    }

    private void list(Context context) {
        int limit = Requests.number(context, "limit", USUAL, 1, MOST);
        var found = jobs.list(Optional.of(TuneAdapter.KIND), Requests.text(context, "after"), limit + 1);
        Api.reply(
                context,
                new FineTuningJob.Listed(
                        "list",
                        found.stream().limit(limit).map(FineTuning::view).toList(),
                        found.size() > limit));
    }

    private void events(Context context) {
        var job = job(context);
        int limit = Requests.number(context, "limit", USUAL, 1, MOST);
        long before = Requests.text(context, "after")
                .map(id -> id.substring(id.lastIndexOf('-') + 1))
                .filter(number -> number.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        var events = jobs.events(job.id(), 0, Integer.MAX_VALUE).stream()
                .filter(event -> event.number() < before)
                .toList()
                .reversed();
        Api.reply(
                context,
                new FineTuningJob.Events(
                        "list",
                        events.stream()
                                .limit(limit)
                                .map(event -> view(job, event))
                                .toList(),
                        events.size() > limit));
    }

    private void checkpoints(Context context) {
        var job = job(context);
        var data = job.result().stream().map(result -> checkpoint(job, result)).toList();
        var id = data.stream().map(FineTuningJob.Checkpoint::id).findFirst();
        Api.reply(context, new FineTuningJob.Checkpoints("list", data, id, id, false));
    }

    private static FineTuningJob.Checkpoint checkpoint(Job job, JsonNode result) {
        long step = result.path("best_update").asLong(result.path("updates").asLong());
        return new FineTuningJob.Checkpoint(
                "ftckpt-" + job.id().replace("ftjob-", ""),
                "fine_tuning.job.checkpoint",
                job.finished().orElse(job.created()).getEpochSecond(),
                result.path("adapter").asText(),
                job.id(),
                step,
                new FineTuningJob.Metrics(step, number(result, "best_update_loss"), number(result, "held_out_loss")));
    }

    private static Optional<Double> number(JsonNode node, String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isNumber).map(JsonNode::doubleValue);
    }

    private Job job(Context context) {
        var id = context.pathParam("id");
        return jobs.find(id)
                .filter(job -> job.kind().equals(TuneAdapter.KIND))
                .orElseThrow(() -> ApiError.unknown("Could not find fine tune: " + id, "fine_tune_not_found"));
    }

    private static FineTuningJob view(Job job) {
        var input = TuneAdapter.Input.of(job.input());
        var request = JsonBodies.read(
                JsonBodies.text(job.input().path(REQUEST)).getBytes(StandardCharsets.UTF_8), FineTuningRequest.class);
        var settings = input.settings();
        var hyperparameters = new FineTuningJob.Hyperparameters(
                settings.epochs(), settings.batch(), request.given().multiplier());
        return new FineTuningJob(
                job.id(),
                "fine_tuning.job",
                request.model(),
                job.created().getEpochSecond(),
                job.finished().map(Instant::getEpochSecond),
                job.result().map(result -> input.adapter()),
                "workspace",
                List.of(),
                job.status().name().toLowerCase(Locale.ROOT),
                request.validationFile(),
                request.trainingFile(),
                hyperparameters,
                new FineTuningJob.Method("supervised", new FineTuningJob.Supervised(hyperparameters)),
                job.result().map(result -> result.path("trained_tokens").asLong()),
                job.error().map(reason -> new FineTuningJob.Failure("failed", reason, Optional.empty())),
                request.suffix(),
                settings.seed(),
                Optional.empty(),
                List.of(),
                request.metadata().orElse(Map.of()));
    }

    private static FineTuningJob.Event view(Job job, Job.Event event) {
        boolean metrics = event.type() == Job.Type.METRICS;
        return new FineTuningJob.Event(
                "ftevent-" + job.id().replace("ftjob-", "") + "-" + event.number(),
                "fine_tuning.job.event",
                event.at().getEpochSecond(),
                event.type() == Job.Type.REMARK ? "warn" : "info",
                event.message(),
                metrics ? "metrics" : "message",
                event.data());
    }
}
