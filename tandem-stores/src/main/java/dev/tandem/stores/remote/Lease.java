package dev.tandem.stores.remote;

import dev.tandem.foundation.MendableException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The right to write, as a record in the store that is renewed while it is held. These servers cannot compare and set, so two
 * writers that begin in the same instant could both believe to have it; each looks again before it commits, and the one whose
 * record was overwritten is refused.
 */
final class Lease implements AutoCloseable {
    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final Duration RENEWAL = Duration.ofSeconds(15);
    private static final String ID = Commit.id("lease");

    private final VectorDatabase database;
    private final PointCollection commits;
    private final Holder holder;
    private final Set<String> abandoned;
    private final ScheduledExecutorService renewing;

    /**
     * Who holds it.
     *
     * @param until when it ends unless renewed, milliseconds since 1970
     */
    private record Holder(String token, String host, long process, long until) {
        boolean isGone() {
            boolean dead = host.equals(thisHost())
                    && ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
            return dead || until < Instant.now().toEpochMilli();
        }

        Holder renewed() {
            return new Holder(token, host, process, Instant.now().plus(LENGTH).toEpochMilli());
        }
    }

    private Lease(VectorDatabase database, PointCollection commits, Set<String> abandoned) {
        this.database = database;
        this.commits = commits;
        this.abandoned = abandoned;
        this.holder = new Holder(
                UUID.randomUUID().toString(),
                thisHost(),
                ProcessHandle.current().pid(),
                0);
        this.renewing = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("lease").factory());
    }

    /**
     * Takes it, or says who has it.
     *
     * @param abandoned the tokens of those that this process could not give back because the server was gone; safe for use by
     *     many threads
     */
    static Lease take(VectorDatabase database, String index, Set<String> abandoned) {
        var commits = PointCollection.commits(index);
        var other = held(database, commits).filter(holder -> !holder.isGone() && !abandoned.contains(holder.token()));
        if (other.isPresent()) {
            throw new MendableException("Another process (number " + other.get().process() + " on "
                    + other.get().host() + ") is writing to the index " + index + " in " + database.describe()
                    + ": wait until its ingest ends, or stop it and wait a minute.");
        }
        var lease = new Lease(database, commits, abandoned);
        lease.write(lease.holder.renewed());
        lease.check();
        var unused = lease.renewing.scheduleAtFixedRate(
                lease::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        return lease;
    }

    private static Optional<Holder> held(VectorDatabase database, PointCollection commits) {
        return database.fetch(commits, List.of(ID), VectorDatabase.Wanted.FIELDS).stream()
                .map(point -> Records.read(point.stored(), Holder.class))
                .findFirst();
    }

    private void write(Holder wanted) {
        database.put(commits, List.of(Point.record(ID, "lease", 0, Records.write(wanted))));
        database.settle(commits);
    }

    private boolean isMine() {
        return held(database, commits)
                .filter(each -> each.token().equals(holder.token()))
                .isPresent();
    }

    /** Fails if somebody else took it meanwhile, as after this process slept for a minute. */
    void check() {
        if (!isMine()) {
            throw new MendableException("Another process began to write to the same index in " + database.describe()
                    + " meanwhile, and nothing of this one's was kept: run the same command again.");
        }
    }

    private void renew() {
        try {
            if (isMine()) {
                write(holder.renewed());
            }
        } catch (RuntimeException e) {
            // The write itself will meet the same trouble and tell it; the next renewal may find the server back.
            return;
        }
    }

    @Override
    public void close() {
        renewing.close();
        try {
            if (isMine()) {
                write(holder);
            }
        } catch (MendableException e) {
            // Whoever wrote has been told already; the next write begins without it.
            abandoned.add(holder.token());
        }
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
