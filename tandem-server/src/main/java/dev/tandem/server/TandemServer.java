package dev.tandem.server;

import dev.tandem.foundation.MendableException;
import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.RateLimits;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Gate;
import dev.tandem.server.http.OpenApi;
import dev.tandem.server.monitor.Health;
import dev.tandem.server.openai.ChatCompletions;
import dev.tandem.server.openai.Embeddings;
import dev.tandem.server.openai.Models;
import dev.tandem.server.page.Page;
import dev.tandem.server.resource.Search;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ServeSettings;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A workspace as a service, until it is closed. Listens when it is made; is ready a moment later, when what the first question
 * needs is in memory.
 */
public final class TandemServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TandemServer.class);
    private static final long IDLE_MILLIS = 30_000;

    private final Engine engine;
    private final Health health = new Health();
    private final List<Endpoint> endpoints;
    private final Javalin javalin;

    private TandemServer(Workspace workspace, ServeSettings settings, String version) {
        var clock = Clock.systemUTC();
        var keys = new ApiKeys(workspace.folder(), clock);
        requireKeysUnlessLoopback(settings, keys);
        engine = new Engine(workspace);
        endpoints = endpoints(settings, clock, version);
        var gate = new Gate(
                keys,
                new RateLimits(settings.requestsPerMinute(), settings.requestsPerDay(), System::nanoTime),
                settings.origins());
        javalin = Javalin.create(config -> {
            config.concurrency.useVirtualThreads = true;
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.http.prefer405over404 = true;
            config.http.maxRequestSize = Long.MAX_VALUE;
            config.jetty.host = settings.host();
            config.jetty.port = settings.port();
            config.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                http.setIdleTimeout(IDLE_MILLIS);
            });
            new Api(endpoints, gate, settings.maxBody().bytes()).into(config);
        });
    }

    /**
     * Starts one.
     *
     * @param version of the program, for its documents
     * @throws MendableException if the address cannot be used, or is not this machine's own and there are no keys
     */
    public static TandemServer start(Workspace workspace, ServeSettings settings, String version) {
        var server = new TandemServer(workspace, settings, version);
        try {
            server.javalin.start();
        } catch (JavalinBindException e) {
            server.engine.close();
            throw new MendableException(
                    "Cannot listen on " + settings.host() + ", port " + settings.port()
                            + ": another program does already, or it is no address of this machine. Choose another with"
                            + " --port and --host.",
                    e);
        } catch (RuntimeException | Error e) {
            server.engine.close();
            throw e;
        }
        Thread.ofVirtual().name("tandem-warm").start(server::warm);
        return server;
    }

    private void warm() {
        try {
            engine.warm();
        } catch (MendableException e) {
            // Every question will be told the same; the server goes on, since it can be mended while it runs.
            LOG.warn("{}", e.getMessage());
        }
        health.is(Health.State.READY);
    }

    private List<Endpoint> endpoints(ServeSettings settings, Clock clock, String version) {
        int cores = Runtime.getRuntime().availableProcessors();
        var turns =
                new Turns(settings.answersAtOnce() == 0 ? cores : settings.answersAtOnce(), settings.answersWaiting());
        var all = new ArrayList<Endpoint>();
        all.addAll(health.endpoints());
        all.addAll(new Page().endpoints());
        all.addAll(new Models(engine, clock.instant().getEpochSecond()).endpoints());
        all.addAll(new ChatCompletions(
                        engine, turns, (id, context, model, asked, reply) -> {}, clock, settings.maxQuestion())
                .endpoints());
        all.addAll(new Embeddings(engine, turns).endpoints());
        all.addAll(new Search(engine, turns, settings.maxQuestion()).endpoints());
        var described = Endpoint.get("/openapi.json")
                .does("Documentation", "Give this document.")
                .gives(Object.class);
        all.add(described.by(context -> {}));
        var document = OpenApi.of(all, version, false);
        all.removeLast();
        all.add(described.by(context -> Api.reply(context, document)));
        return List.copyOf(all);
    }

    private static void requireKeysUnlessLoopback(ServeSettings settings, ApiKeys keys) {
        try {
            boolean here = InetAddress.getByName(settings.host()).isLoopbackAddress();
            if (!here && keys.all().isEmpty()) {
                throw new MendableException("Others could reach " + settings.host()
                        + ", and there are no keys to tell who may: make one with `tandem key create NAME`, or serve on"
                        + " 127.0.0.1.");
            }
        } catch (UnknownHostException e) {
            throw new MendableException(settings.host() + " is no address: give one of this machine, or 127.0.0.1.", e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Whether it is ready yet. */
    public Health health() {
        return health;
    }

    /** All ways in. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Ends: nothing new comes in, what is in work is cancelled. */
    @Override
    public void close() {
        health.is(Health.State.STOPPING);
        try {
            javalin.stop();
        } finally {
            engine.close();
        }
    }
}
