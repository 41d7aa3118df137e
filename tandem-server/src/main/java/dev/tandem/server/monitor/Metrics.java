package dev.tandem.server.monitor;

import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.server.access.Role;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Conversation;
import dev.tandem.server.engine.Reply;
import dev.tandem.server.engine.ServedModel;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.RequestListener;
import dev.tandem.server.openai.AnswerListener;
import dev.tandem.server.watch.WatchListener;
import dev.tandem.workspace.settings.ServeSettings;
import io.javalin.http.Context;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** {@code GET /metrics}: what the server has done and does, in Prometheus's text form. docs/serving-monitoring.md names them all. */
public final class Metrics implements RequestListener, AnswerListener, WatchListener, AutoCloseable {
    private static final String MODEL = "model";
    private static final String FORM = "text/plain; version=0.0.4; charset=utf-8";
    private static final double[] TENTHS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<String, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();
    private final AtomicInteger streams = new AtomicInteger();

    /** @param index is looked at when somebody asks */
    public Metrics(Turns turns, Supplier<PassageIndex> index) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        Gauge.builder("tandem.waiting", turns, Turns::waiting)
                .description("Requests that wait for their turn to be answered")
                .strongReference(true)
                .register(registry);
        Gauge.builder("tandem.streams", streams, AtomicInteger::get)
                .description("Answers that are being streamed")
                .strongReference(true)
                .register(registry);
        Gauge.builder("tandem.index.passages", index, Metrics::passages)
                .description("Passages in the index")
                .strongReference(true)
                .register(registry);
    }

    private static double passages(Supplier<PassageIndex> index) {
        try (var snapshot = index.get().snapshot()) {
            return snapshot.passageCount();
        }
    }

    /** The way to read them, for whom the settings name. */
    public List<Endpoint> endpoints(ServeSettings.Metrics readers) {
        var endpoint = Endpoint.get("/metrics")
                .does("Monitoring", "Give what was counted and timed, as Prometheus reads it.")
                .gives(200, "text/plain", String.class);
        return switch (readers) {
            case OFF -> List.of();
            case ADMIN -> List.of(endpoint.needs(Role.ADMIN).by(this::tell));
            case OPEN -> List.of(endpoint.by(this::tell));
        };
    }

    private void tell(Context context) {
        context.contentType(FORM).result(registry.scrape());
    }

    @Override
    public void ended(Context context, Handled handled) {
        Timer.builder("tandem.requests")
                .description("Requests, by endpoint and status, and how long they took")
                .serviceLevelObjectives(BUCKETS)
                .tag("endpoint", handled.endpoint().orElse("none"))
                .tag("method", handled.endpoint().isPresent() ? handled.method() : "any")
                .tag("status", Integer.toString(handled.status()))
                .register(registry)
                .record(handled.taken());
        // 503 is said on purpose, while starting, stopping or overloaded.
        if (handled.status() >= 500 && handled.status() != 503) {
            error("request");
        }
    }

    private void error(String where) {
        registry.counter("tandem.errors", "where", where).increment();
    }

    @Override
    public void began(Asked asked) {
        if (asked.streams()) {
            streams.incrementAndGet();
        }
    }

    @Override
    public void firstPiece(Asked asked) {
        timer("tandem.answer.first.token", "Until a model says its first word, waiting included", asked.model())
                .record(since(asked));
    }

    private Timer timer(String name, String description, ServedModel model) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .tag(MODEL, model.id())
                .register(registry);
    }

    private static Duration since(Asked asked) {
        return Duration.ofNanos(System.nanoTime() - asked.began());
    }

    @Override
    public void answered(String id, Context context, ServedModel model, Conversation conversation, Reply reply) {
        outcome(model, reply.abstained() ? "declined" : "answered");
        tokens(model, "in", reply.promptTokens());
        tokens(model, "out", reply.answerTokens());
    }

    private void outcome(ServedModel model, String outcome) {
        registry.counter("tandem.answers", MODEL, model.id(), "outcome", outcome)
                .increment();
    }

    private void tokens(ServedModel model, String direction, int count) {
        registry.counter("tandem.tokens", MODEL, model.id(), "direction", direction)
                .increment(count);
    }

    @Override
    public void failed(Asked asked, Throwable failure) {
        boolean cancelled = failure instanceof CancellationException;
        outcome(asked.model(), cancelled ? "cancelled" : "failed");
        if (!cancelled) {
            error("answer");
        }
    }

    @Override
    public void ended(Asked asked) {
        timer("tandem.answer", "Until an answer is made and sent, waiting included", asked.model())
                .record(since(asked));
        if (asked.streams()) {
            streams.decrementAndGet();
        }
    }

    @Override
    public void judged(String answer, String model, Judgement judgement) {
        registry.counter("tandem.judged", "outcome", "judged").increment();
        score(model, "faithfulness", judgement.faithfulness());
        score(model, "answer_relevancy", judgement.answerRelevancy());
        score(model, "context_relevancy", judgement.contextRelevancy());
    }

    private void score(String model, String name, OptionalDouble value) {
        value.ifPresent(score -> DistributionSummary.builder("tandem.judged.score")
                .description("Scores that the embedded judge gave live answers, from 0 to 1")
                .serviceLevelObjectives(TENTHS)
                .tag(MODEL, model)
                .tag("score", name)
                .register(registry)
                .record(score));
    }

    @Override
    public void notJudged() {
        registry.counter("tandem.judged", "outcome", "passed_over").increment();
    }

    @Override
    public void compared(String metric, double size, double pValue, boolean drifting) {
        gauge("tandem.drift.distance", "How far the newest observations are from the baseline", metric, size);
        gauge("tandem.drift.p.value", "How likely chance alone is as far", metric, pValue);
        gauge("tandem.drifting", "Whether they differ from the baseline beyond chance", metric, drifting ? 1 : 0);
    }

    private void gauge(String name, String description, String metric, double value) {
        var held = gauges.computeIfAbsent(name + metric, key -> {
            var number = new AtomicReference<>(value);
            Gauge.builder(name, number, AtomicReference::get)
                    .description(description)
                    .tag("metric", metric)
                    .strongReference(true)
                    .register(registry);
            return number;
        });
        held.set(value);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
