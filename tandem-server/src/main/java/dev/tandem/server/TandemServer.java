package dev.tandem.server;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.RateLimits;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.DocsPage;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Gate;
import dev.tandem.server.http.OpenApi;
import dev.tandem.server.job.IngestDocuments;
import dev.tandem.server.job.Jobs;
import dev.tandem.server.job.TuneAdapter;
import dev.tandem.server.mcp.McpEndpoint;
import dev.tandem.server.mcp.McpServer;
import dev.tandem.server.monitor.Health;
import dev.tandem.server.openai.AnswerListener;
import dev.tandem.server.openai.ChatCompletions;
import dev.tandem.server.openai.Embeddings;
import dev.tandem.server.openai.Files;
import dev.tandem.server.openai.FineTuning;
import dev.tandem.server.openai.Models;
import dev.tandem.server.openai.UploadedFiles;
import dev.tandem.server.openai.VectorStores;
import dev.tandem.server.page.Page;
import dev.tandem.server.resource.DocumentAccess;
import dev.tandem.server.resource.Documents;
import dev.tandem.server.resource.JobEndpoints;
import dev.tandem.server.resource.LastComparison;
import dev.tandem.server.resource.Runs;
import dev.tandem.server.resource.Search;
import dev.tandem.server.resource.Status;
import dev.tandem.server.resource.Uploads;
import dev.tandem.server.resource.Versions;
import dev.tandem.server.resource.VersionsSeen;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ServeSettings;
import dev.tandem.workspace.version.DocumentVersions;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A workspace as a service, until it is closed. Listens when it is made; is ready a moment later, when what the first question
 * needs is in memory.
 */
public final class TandemServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TandemServer.class);
    private static final long IDLE_MILLIS = 30_000;

    /** Java's own 50 are overrun by 200 clients that come at once, and the system hangs up on those that are over. */
    private static final int CONNECTIONS_WAITING = 4_096;

    private final Engine engine;
    private final DocumentAccess access;
    private final DocumentVersions versions;
    private final Jobs jobs;
    private final Health health = new Health();
    private final Turns turns;
    private final Observation observation;
    private final FeedbackService feedback;
    private final MonitoringService monitoring;
    private final List<Endpoint> endpoints;
    private final Javalin javalin;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final Thread warming;

    private TandemServer(Workspace workspace, ServeSettings settings, String version) {
        var clock = Clock.systemUTC();
        var keys = new ApiKeys(workspace.folder(), clock);
        requireKeysUnlessLoopback(settings, keys);
        engine = new Engine(workspace);
        access = new DocumentAccess(engine);
        versions = workspace.documentVersions(access);
        // What questions need and what requests need are read at the same time: most of a start is reading.
        warming = Thread.ofPlatform().daemon().name("tandem-warm").start(this::warm);
        int cores = Runtime.getRuntime().availableProcessors();
        turns = new Turns(settings.answersAtOnce() == 0 ? cores : settings.answersAtOnce(), settings.answersWaiting());
        try {
            var database = ServerDatabase.jobs(workspace);
            // One file has both, unless the settings name a server.
            var answers =
                    workspace.feedbackPlace() instanceof SqlitePlace ? database : ServerDatabase.feedback(workspace);
            jobs = new Jobs(
                    workspace.folder(), database, List.of(new IngestDocuments(engine), new TuneAdapter()), clock);
            observation = Observation.open(workspace, settings, turns, engine, version);
            feedback = FeedbackService.open(workspace, answers, settings, clock);
            monitoring = MonitoringService.open(engine, answers, turns, observation.watching(), clock);
            endpoints = endpoints(settings, turns, clock, version, database);
        } catch (RuntimeException | Error e) {
            closeEngine();
            throw e;
        }
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
            config.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                http.setIdleTimeout(IDLE_MILLIS);
            });
            config.jetty.addConnector((jetty, http) -> {
                var connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
                connector.setHost(settings.host());
                connector.setPort(settings.port());
                connector.setAcceptQueueSize(CONNECTIONS_WAITING);
                return connector;
            });
            new Api(endpoints, gate, settings.maxBody().bytes(), observation.requests()).into(config);
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
            server.release();
            throw new MendableException(
                    "Cannot listen on " + settings.host() + ", port " + settings.port()
                            + ": another program does already, or it is no address of this machine. Choose another with"
                            + " --port and --host.",
                    e);
        } catch (RuntimeException | Error e) {
            server.release();
            throw e;
        }
        server.listening.countDown();
        return server;
    }

    private void warm() {
        try {
            engine.warm();
        } catch (MendableException e) {
            // Every question will be told the same; the server goes on, since it can be mended while it runs.
            LOG.warn("{}", e.getMessage());
        }
        try {
            listening.await();
            health.is(Health.State.READY);
            rebuildIfNeeded();
            removeVersionsBeyondTheSettings();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An index of another embedding model than the settings' answers on while a job makes the one that takes its place. */
    private void rebuildIfNeeded() {
        try {
            if (engine.hasDocuments()
                    && engine.needsRebuild()
                    && jobs.active().stream().noneMatch(job -> job.kind().equals(IngestDocuments.KIND))) {
                LOG.info("The index is made anew for {}.", engine.encoder().id());
                jobs.submit(IngestDocuments.KIND, "job-", IngestDocuments.rebuild(), "tandem");
            }
        } catch (MendableException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private void removeVersionsBeyondTheSettings() {
        try {
            versions.prune();
        } catch (MendableException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private List<Endpoint> endpoints(
            ServeSettings settings, Turns turns, Clock clock, String version, ServerDatabase database) {
        var told = new ArrayList<>(observation.answers());
        told.addAll(RecordedReplies.of(engine));
        told.addAll(feedback.answers());
        told.addAll(monitoring.answers());
        var chat = new ChatCompletions(engine, turns, AnswerListener.all(told), clock, settings.maxQuestion());
        var search = new Search(engine, turns, settings.maxQuestion());
        var seen = new VersionsSeen(engine, versions, access);
        var all = new ArrayList<Endpoint>();
        all.addAll(health.endpoints());
        all.addAll(observation.metrics().endpoints(settings.metrics()));
        all.addAll(new Page().endpoints());
        all.addAll(new Models(engine, clock.instant().getEpochSecond()).endpoints());
        all.addAll(chat.endpoints());
        all.addAll(new Embeddings(engine, turns).endpoints());
        all.addAll(new Documents(engine).endpoints());
        all.addAll(new Uploads(engine, seen, jobs, settings.maxUpload().bytes()).endpoints());
        all.addAll(new Versions(engine, seen, jobs).endpoints());
        all.addAll(new JobEndpoints(jobs).endpoints());
        var files = new UploadedFiles(engine.workspace(), database);
        all.addAll(new Files(files, jobs, settings.maxUpload().bytes(), clock).endpoints());
        all.addAll(new FineTuning(engine, files, jobs).endpoints());
        all.addAll(new VectorStores(engine, turns, settings.maxQuestion()).endpoints());
        all.addAll(search.endpoints());
        all.addAll(new Status(engine, turns, clock, version).endpoints());
        all.addAll(new Runs(engine.workspace().runsPlace()).endpoints());
        all.addAll(new LastComparison(engine.workspace()).endpoints());
        all.addAll(feedback.endpoints());
        all.addAll(monitoring.endpoints());
        all.addAll(new McpEndpoint(
                        new McpServer(engine, search, turns, settings.maxQuestion(), version),
                        (context, conversation) -> chat.answer(context, engine.documents(), conversation))
                .endpoints());
        all.addAll(DocsPage.endpoints());
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

    /** Ends: nothing new comes in, answers in work are cancelled, and jobs go on when the workspace is served again. */
    @Override
    public void close() {
        health.is(Health.State.STOPPING);
        try {
            // First, because whoever follows a job is told its end by that.
            jobs.close();
            javalin.stop();
        } finally {
            release();
        }
    }

    private void release() {
        try {
            jobs.close();
            turns.close();
            feedback.close();
            monitoring.close();
            observation.close();
        } finally {
            closeEngine();
        }
    }

    /** Not while the engine is still being made ready. */
    private void closeEngine() {
        listening.countDown();
        try {
            warming.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            engine.close();
        }
    }
}
