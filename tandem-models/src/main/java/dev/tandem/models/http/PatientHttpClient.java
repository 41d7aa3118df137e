package dev.tandem.models.http;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's client, patient: what {@link Patience} says is tried again before anybody hears of it. A server that failed ten times
 * in a row is left alone for half a minute; meanwhile requests fail at once, with a sentence that says so. Safe for use by many
 * threads.
 */
public final class PatientHttpClient extends HttpClient {
    private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504, 529);
    private static final int FAILURES_IN_A_ROW = 10;
    private static final Duration REST = Duration.ofSeconds(30);
    private static final double JITTER = 0.25;

    private final HttpClient client;
    private final Patience patience;
    private final FailsafeExecutor<HttpResponse<?>> executor;

    public PatientHttpClient(HttpClient client, Patience patience) {
        this.client = client;
        this.patience = patience;
        this.executor = Failsafe.with(retrying(), breaker());
    }

    private RetryPolicy<HttpResponse<?>> retrying() {
        return RetryPolicy.<HttpResponse<?>>builder()
                .handle(ConnectException.class)
                .handleResultIf(this::isBusyForAWhile)
                .withMaxAttempts(patience.tries())
                .withBackoff(patience.first(), patience.longest())
                .withJitter(JITTER)
                .withDelayFn(context -> asked(Optional.ofNullable(context.getLastResult()))
                        // Failsafe takes a negative delay for "as configured".
                        .orElse(Duration.ofNanos(-1)))
                .build();
    }

    private static CircuitBreaker<HttpResponse<?>> breaker() {
        return CircuitBreaker.<HttpResponse<?>>builder()
                .handle(IOException.class)
                .handleResultIf(response -> response != null && BUSY.contains(response.statusCode()))
                .withFailureThreshold(FAILURES_IN_A_ROW)
                .withDelay(REST)
                .build();
    }

    /** Busy, and not for longer than it is worth waiting. */
    private boolean isBusyForAWhile(@Nullable HttpResponse<?> response) {
        return response != null
                && BUSY.contains(response.statusCode())
                && asked(Optional.of(response)).orElse(Duration.ZERO).compareTo(patience.longest()) <= 0;
    }

    /** How long the server asks to be left alone, in seconds or by a date. */
    private static Optional<Duration> asked(Optional<HttpResponse<?>> response) {
        return response.flatMap(each -> each.headers().firstValue("Retry-After"))
                .flatMap(PatientHttpClient::duration);
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Duration.ofMillis(Math.max(0, (long) (Double.parseDouble(text.strip()) * 1000))));
        } catch (NumberFormatException noSeconds) {
            try {
                var until = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
                var wait = Duration.between(ZonedDateTime.now(until.getZone()), until);
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
            } catch (DateTimeParseException noDate) {
                return Optional.empty();
            }
        }
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        try {
            return executor.get(() -> client.send(request, handler));
        } catch (CircuitBreakerOpenException e) {
            throw resting(request, e);
        } catch (FailsafeException e) {
            switch (e.getCause()) {
                case IOException known -> throw known;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw e;
            }
        }
    }

    private static IOException resting(HttpRequest request, Exception cause) {
        return new IOException(
                request.uri().getHost() + " failed " + FAILURES_IN_A_ROW + " times in a row and is left alone for "
                        + REST.toSeconds() + " s",
                cause);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return executor.getStageAsync(() -> client.sendAsync(request, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        return pushes == null ? sendAsync(request, handler) : client.sendAsync(request, handler, pushes);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    /** Makes one as LangChain4j's parts ask for it. */
    public static Builder builder(Builder inner, Patience patience) {
        return new PatientBuilder(inner, patience);
    }

    private record PatientBuilder(Builder inner, Patience patience) implements Builder {
        @Override
        public Builder cookieHandler(CookieHandler handler) {
            inner.cookieHandler(handler);
            return this;
        }

        @Override
        public Builder connectTimeout(Duration duration) {
            inner.connectTimeout(duration);
            return this;
        }

        @Override
        public Builder sslContext(SSLContext context) {
            inner.sslContext(context);
            return this;
        }

        @Override
        public Builder sslParameters(SSLParameters parameters) {
            inner.sslParameters(parameters);
            return this;
        }

        @Override
        public Builder executor(Executor executor) {
            inner.executor(executor);
            return this;
        }

        @Override
        public Builder followRedirects(Redirect policy) {
            inner.followRedirects(policy);
            return this;
        }

        @Override
        public Builder version(Version version) {
            inner.version(version);
            return this;
        }

        @Override
        public Builder priority(int priority) {
            inner.priority(priority);
            return this;
        }

        @Override
        public Builder proxy(ProxySelector selector) {
            inner.proxy(selector);
            return this;
        }

        @Override
        public Builder authenticator(Authenticator authenticator) {
            inner.authenticator(authenticator);
            return this;
        }

        @Override
        public HttpClient build() {
            return new PatientHttpClient(inner.build(), patience);
        }
    }
}
