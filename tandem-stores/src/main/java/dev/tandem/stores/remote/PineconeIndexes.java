package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Pinecone's indexes: made and removed by its control plane, each reached at a host of its own. Safe for use by many threads. */
final class PineconeIndexes {
    static final String VERSION = "2025-10";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final int CONFLICT = 409;

    private final JsonServer control;
    private final String cloud;
    private final String region;
    private final Duration betweenLooks;
    private final ConcurrentHashMap<String, JsonServer> hosts = new ConcurrentHashMap<>();

    /** The last write to each index, by the number that Pinecone gave it. */
    private final ConcurrentHashMap<String, Long> written = new ConcurrentHashMap<>();

    /**
     * Indexes of one project.
     *
     * @param betweenLooks how long is waited before looking again whether something is done
     */
    PineconeIndexes(JsonServer control, String cloud, String region, Duration betweenLooks) {
        this.betweenLooks = betweenLooks;
        this.control = control;
        this.cloud = cloud;
        this.region = region;
    }

    static Map<String, String> headers(String key) {
        return Map.of("Api-Key", key, "X-Pinecone-API-Version", VERSION);
    }

    String describe() {
        return control.describe();
    }

    void create(String index, int dimension) {
        var there = control.get("/indexes/" + index);
        if (there.isMissing()) {
            var wanted = JsonServer.object()
                    .put("name", index)
                    .put("dimension", dimension)
                    .put("metric", "dotproduct");
            wanted.putObject("spec").putObject("serverless").put("cloud", cloud).put("region", region);
            // Somebody who makes the same one at the same time is as good.
            control.send("POST", "/indexes", wanted.toString(), Set.of(CONFLICT));
            waitUntilReady(index);
        } else if (there.body().path("dimension").asInt() != dimension
                || !there.body().path("metric").asText().equals("dotproduct")) {
            throw new MendableException("The index " + index + " in " + describe()
                    + " is there already and holds something else: set store.name to another name, or delete it.");
        }
    }

    private void waitUntilReady(String index) {
        var end = Instant.now().plus(LONGEST_WAIT);
        while (!control.get("/indexes/" + index).body().at("/status/ready").asBoolean()) {
            waitABit(end, "did not make the index " + index);
        }
    }

    private void waitABit(Instant end, String what) {
        if (Instant.now().isAfter(end) || Thread.currentThread().isInterrupted()) {
            throw new MendableException("In " + LONGEST_WAIT.toMinutes() + " minutes " + describe() + " " + what
                    + ": look at its status page, then run the same command again.");
        }
        LockSupport.parkNanos(betweenLooks.toNanos());
    }

    void drop(String index) {
        hosts.remove(index);
        written.remove(index);
        control.delete("/indexes/" + index);
    }

    boolean isThere(String index) {
        return host(index).isPresent();
    }

    private Optional<JsonServer> host(String index) {
        var known = hosts.get(index);
        if (known != null) {
            return Optional.of(known);
        }
        var host = control.get("/indexes/" + index).body().path("host").asText();
        if (host.isEmpty()) {
            return Optional.empty();
        }
        var server = control.at(host.contains("://") ? host : "https://" + host);
        hosts.put(index, server);
        return Optional.of(server);
    }

    private JsonServer required(String index) {
        return host(index).orElseThrow(() -> PointJson.gone(describe(), index));
    }

    JsonNode get(String index, String path) {
        return required(index).get(path).body();
    }

    JsonNode post(String index, String path, ObjectNode body) {
        var reply = required(index).post(path, body);
        number(reply, "x-pinecone-request-lsn").ifPresent(number -> written.merge(index, number, Math::max));
        return reply.body();
    }

    private static OptionalLong number(JsonServer.Reply reply, String header) {
        return reply.headers().firstValueAsLong(header);
    }

    /** Waits until searches see the last write. */
    void settle(String index) {
        var last = written.get(index);
        if (last == null || !isThere(index)) {
            return;
        }
        var end = Instant.now().plus(LONGEST_WAIT);
        while (true) {
            var seen = number(
                    required(index).get("/vectors/list?limit=1&namespace=commits"), "x-pinecone-max-indexed-lsn");
            if (seen.isEmpty() || seen.getAsLong() >= last) {
                return;
            }
            waitABit(end, "did not index what was written to " + index);
        }
    }
}
