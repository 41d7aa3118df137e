package dev.tandem.server.monitor;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.server.engine.Conversation;
import dev.tandem.server.engine.Reply;
import dev.tandem.server.engine.ServedModel;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.RequestListener;
import dev.tandem.server.openai.AnswerListener;
import dev.tandem.server.watch.WatchListener;
import io.javalin.http.Context;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Spans and metrics by OpenTelemetry's conventions: a span a request, in it one an answer with the GenAI attributes (names of
 * semantic-conventions-genai, "development"), and their histograms. Questions and answers are not in them. A {@code traceparent} header
 * is followed, so that a caller's trace goes on here.
 */
public final class Telemetry implements RequestListener, AnswerListener, WatchListener, AutoCloseable {
    private static final String REQUEST_SPAN = "tandem.span";
    private static final String CHAT = "chat";
    private static final List<Double> SECONDS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    private static final List<Long> TOKENS =
            List.of(1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16_384L, 65_536L, 262_144L, 1_048_576L);

    private static final List<Double> TENTHS = List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);

    private static final AttributeKey<String> EVALUATION = stringKey("gen_ai.evaluation.name");
    private static final AttributeKey<Double> EVALUATION_SCORE = doubleKey("gen_ai.evaluation.score.value");
    private static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
    private static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
    private static final AttributeKey<String> RESPONSE_ID = stringKey("gen_ai.response.id");
    private static final AttributeKey<List<String>> FINISH_REASONS = stringArrayKey("gen_ai.response.finish_reasons");
    private static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
    private static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
    private static final AttributeKey<String> TOKEN_TYPE = stringKey("gen_ai.token.type");
    private static final AttributeKey<String> ERROR = stringKey("error.type");
    private static final AttributeKey<Boolean> DECLINED = booleanKey("tandem.declined");
    private static final AttributeKey<String> METHOD = stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = stringKey("http.route");
    private static final AttributeKey<Long> STATUS = longKey("http.response.status_code");

    private static final TextMapGetter<Context> HEADERS = new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // Nobody calls it any more, but it must be there.
        public Iterable<String> keys(Context context) {
            return context.headerMap().keySet();
        }

        @Override
        public @Nullable String get(@Nullable Context context, String name) {
            return context == null ? null : context.header(name);
        }
    };

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final DoubleHistogram requests;
    private final DoubleHistogram operations;
    private final DoubleHistogram answers;
    private final DoubleHistogram firstTokens;
    private final LongHistogram tokens;
    private final DoubleHistogram scores;
    private final DoubleGauge drift;
    private final Map<String, Span> open = new ConcurrentHashMap<>();

    /** @param sdk becomes this one's to close */
    public Telemetry(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("dev.tandem");
        var meter = sdk.getMeter("dev.tandem");
        this.requests = seconds(meter, "http.server.request.duration", "Duration of HTTP server requests.");
        this.operations = seconds(meter, "gen_ai.client.operation.duration", "GenAI operation duration.");
        this.answers = seconds(meter, "gen_ai.server.request.duration", "Until the last output token.");
        this.firstTokens = seconds(meter, "gen_ai.server.time_to_first_token", "Time to generate first token.");
        this.tokens = meter.histogramBuilder("gen_ai.client.token.usage")
                .ofLongs()
                .setUnit("{token}")
                .setDescription("Number of input and output tokens used.")
                .setExplicitBucketBoundariesAdvice(TOKENS)
                .build();
        this.scores = meter.histogramBuilder("tandem.evaluation.score")
                .setUnit("1")
                .setDescription("Scores of live answers, from 0 to 1.")
                .setExplicitBucketBoundariesAdvice(TENTHS)
                .build();
        this.drift = meter.gaugeBuilder("tandem.drift.p_value")
                .setUnit("1")
                .setDescription("How likely chance alone is as far from the baseline.")
                .build();
    }

    private static DoubleHistogram seconds(Meter meter, String name, String description) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    @Override
    public void began(Context context, Endpoint endpoint) {
        var parent = sdk.getPropagators()
                .getTextMapPropagator()
                .extract(io.opentelemetry.context.Context.root(), context, HEADERS);
        context.attribute(
                REQUEST_SPAN,
                tracer.spanBuilder(context.method().name() + " " + endpoint.path())
                        .setSpanKind(SpanKind.SERVER)
                        .setParent(parent)
                        .setAttribute(METHOD, context.method().name())
                        .setAttribute(ROUTE, endpoint.path())
                        .startSpan());
    }

    @Override
    public void ended(Context context, Handled handled) {
        Span span = context.attribute(REQUEST_SPAN);
        if (span == null) {
            return;
        }
        span.setAttribute(STATUS, handled.status());
        if (handled.status() >= 500) {
            span.setAttribute(ERROR, Integer.toString(handled.status())).setStatus(StatusCode.ERROR);
        }
        span.end();
        requests.record(
                handled.taken().toNanos() / 1e9,
                Attributes.of(
                        METHOD, handled.method(), ROUTE, handled.endpoint().orElse(""), STATUS, (long)
                                handled.status()));
    }

    @Override
    public void began(Asked asked) {
        Span request = asked.context().attribute(REQUEST_SPAN);
        var parent = io.opentelemetry.context.Context.root();
        open.put(
                asked.id(),
                tracer.spanBuilder(CHAT + " " + asked.model().id())
                        .setSpanKind(SpanKind.INTERNAL)
                        .setParent(request == null ? parent : parent.with(request))
                        .setAllAttributes(of(asked.model()))
                        .setAttribute(RESPONSE_ID, asked.id())
                        .startSpan());
    }

    private static Attributes of(ServedModel model) {
        return Attributes.of(
                OPERATION, CHAT, PROVIDER, "tandem", REQUEST_MODEL, model.id(), RESPONSE_MODEL, model.id());
    }

    @Override
    public void firstPiece(Asked asked) {
        firstTokens.record(seconds(asked), of(asked.model()));
    }

    private static double seconds(Asked asked) {
        return (System.nanoTime() - asked.began()) / 1e9;
    }

    @Override
    public void answered(String id, Context context, ServedModel model, Conversation conversation, Reply reply) {
        var span = open.get(id);
        if (span != null) {
            span.setAttribute(INPUT_TOKENS, reply.promptTokens())
                    .setAttribute(OUTPUT_TOKENS, reply.answerTokens())
                    .setAttribute(FINISH_REASONS, List.of(reply.ending().name().toLowerCase(Locale.ROOT)))
                    .setAttribute(DECLINED, reply.abstained());
        }
        var attributes = of(model).toBuilder();
        tokens.record(reply.promptTokens(), attributes.put(TOKEN_TYPE, "input").build());
        tokens.record(reply.answerTokens(), attributes.put(TOKEN_TYPE, "output").build());
    }

    @Override
    public void failed(Asked asked, Throwable failure) {
        var span = open.get(asked.id());
        if (span != null) {
            span.setAttribute(ERROR, failure.getClass().getName()).setStatus(StatusCode.ERROR);
        }
    }

    @Override
    public void ended(Asked asked) {
        var span = open.remove(asked.id());
        if (span != null) {
            span.end();
        }
        operations.record(seconds(asked), of(asked.model()));
        answers.record(seconds(asked), of(asked.model()));
    }

    /** A span of its own, since the answer's has ended; in it an event a score, as the conventions name it. */
    @Override
    public void judged(String answer, String model, Judgement judgement) {
        var span = tracer.spanBuilder("evaluate " + model)
                .setSpanKind(SpanKind.INTERNAL)
                .setNoParent()
                .setAttribute(PROVIDER, "tandem")
                .setAttribute(RESPONSE_MODEL, model)
                .setAttribute(RESPONSE_ID, answer)
                .startSpan();
        score(span, model, "faithfulness", judgement.faithfulness());
        score(span, model, "answer_relevancy", judgement.answerRelevancy());
        score(span, model, "context_relevancy", judgement.contextRelevancy());
        span.end();
    }

    private void score(Span span, String model, String name, OptionalDouble value) {
        value.ifPresent(score -> {
            span.addEvent("gen_ai.evaluation.result", Attributes.of(EVALUATION, name, EVALUATION_SCORE, score));
            scores.record(score, Attributes.of(EVALUATION, name, RESPONSE_MODEL, model));
        });
    }

    @Override
    public void notJudged() {
        // What was not measured has no telemetry; /metrics counts it.
    }

    @Override
    public void compared(String metric, double size, double pValue, boolean drifting) {
        drift.set(pValue, Attributes.of(stringKey("tandem.metric"), metric));
    }

    /** Sends what is left, for at most a few seconds. */
    @Override
    public void close() {
        sdk.close();
    }
}
