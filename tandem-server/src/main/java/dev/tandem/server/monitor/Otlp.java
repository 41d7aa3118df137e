package dev.tandem.server.monitor;

import dev.tandem.foundation.MendableException;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;

/** Where spans and metrics go: a collector, by OTLP over HTTP. What it does not take is dropped; nothing waits for it. */
public final class Otlp {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration WAIT = Duration.ofSeconds(5);

    private Otlp() {}

    /**
     * An SDK that sends to a collector.
     *
     * @param endpoint its address without {@code /v1/traces}
     * @param version of this program
     * @throws MendableException if that is no address
     */
    public static OpenTelemetrySdk to(String endpoint, String version) {
        var base = base(endpoint);
        var resource = Resource.getDefault()
                .merge(Resource.create(Attributes.builder()
                        .put("service.name", "tandem")
                        .put("service.version", version)
                        .build()));
        var spans = OtlpHttpSpanExporter.builder()
                .setEndpoint(base + "/v1/traces")
                .setTimeout(WAIT)
                .build();
        var metrics = OtlpHttpMetricExporter.builder()
                .setEndpoint(base + "/v1/metrics")
                .setTimeout(WAIT)
                .build();
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(resource)
                        .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                        .build())
                .setMeterProvider(SdkMeterProvider.builder()
                        .setResource(resource)
                        .registerMetricReader(PeriodicMetricReader.builder(metrics)
                                .setInterval(EVERY)
                                .build())
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    private static String base(String endpoint) {
        try {
            var uri = URI.create(endpoint);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return endpoint.replaceFirst("/+$", "");
            }
        } catch (IllegalArgumentException noAddress) {
            // Said below, as for an address of another kind.
        }
        throw new MendableException("serve.otlp_endpoint in tandem.yaml is '" + endpoint
                + "': write the collector's address, like http://localhost:4318.");
    }
}
