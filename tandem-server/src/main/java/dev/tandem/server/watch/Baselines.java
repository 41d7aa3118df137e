package dev.tandem.server.watch;

import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.settings.AlertMetric;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Baselines and the looks that compared with them. Safe for use by many threads and processes. */
final class Baselines {
    private final ServerDatabase database;

    Baselines(ServerDatabase database) {
        this.database = database;
    }

    /**
     * A look at the newest observations.
     *
     * @param observed how many there were since the baseline
     * @param window how many of them decided
     * @param size how far they are from the baseline: a squared distance, or how much worse the mean is
     * @param byChance the size that chance alone gives
     * @param mean of numbers
     */
    record Look(
            AlertMetric metric,
            Instant time,
            long observed,
            int window,
            double size,
            double byChance,
            double pValue,
            double level,
            Optional<Double> mean,
            boolean drifting) {}

    Optional<Baseline> find(AlertMetric metric) {
        return database.with(handle -> handle.createQuery("select * from baseline where metric = :metric")
                .bind("metric", metric.key())
                .map(Baselines::baseline)
                .findOne());
    }

    /** Freezes a baseline in place of the one before. */
    void freeze(Baseline baseline) {
        database.with(handle -> handle.createUpdate("""
                        insert into baseline (metric, time, source, encoder, size, data, looked, observed, drifting)
                        values (:metric, :time, :source, :encoder, :size, :data, :looked, :observed, :drifting)
                        on conflict (metric) do update set time = excluded.time, source = excluded.source,
                          encoder = excluded.encoder, size = excluded.size, data = excluded.data, looked = excluded.looked,
                          observed = excluded.observed, drifting = excluded.drifting""")
                .bind("metric", baseline.metric().key())
                .bind("time", baseline.time().toString())
                .bind("source", baseline.source())
                .bind("encoder", baseline.encoder())
                .bind("size", baseline.size())
                .bind("data", baseline.data())
                .bind("looked", baseline.looked())
                .bind("observed", baseline.observed())
                .bind("drifting", baseline.drifting() ? 1 : 0)
                .execute());
    }

    /** Forgets a baseline, so that a new one begins. */
    void forget(AlertMetric metric) {
        database.with(handle -> handle.createUpdate("delete from baseline where metric = :metric")
                .bind("metric", metric.key())
                .execute());
    }

    /**
     * Keeps a look and how far the comparison has come, in one step.
     *
     * @return whether it was kept: not if another process took a new baseline, or looked, meanwhile
     */
    boolean looked(Baseline before, Look look, long last) {
        return database.with(handle -> {
            int changed = handle.createUpdate("""
                            update baseline set looked = :last, observed = :observed, drifting = :drifting
                            where metric = :metric and time = :time and looked = :before""")
                    .bind("last", last)
                    .bind("observed", look.observed())
                    .bind("drifting", look.drifting() ? 1 : 0)
                    .bind("metric", look.metric().key())
                    .bind("time", before.time().toString())
                    .bind("before", before.looked())
                    .execute();
            if (changed == 0) {
                return false;
            }
            handle.createUpdate("""
                            insert into drift_look
                              (metric, time, observed, "window", size, by_chance, p_value, level, mean, drifting)
                            values (:metric, :time, :observed, :window, :size, :by_chance, :p_value, :level, :mean, :drifting)""")
                    .bind("metric", look.metric().key())
                    .bind("time", look.time().toString())
                    .bind("observed", look.observed())
                    .bind("window", look.window())
                    .bind("size", look.size())
                    .bind("by_chance", look.byChance())
                    .bind("p_value", look.pValue())
                    .bind("level", look.level())
                    .bind("mean", look.mean())
                    .bind("drifting", look.drifting() ? 1 : 0)
                    .execute();
            return true;
        });
    }

    /** The newest looks at a metric, oldest first. */
    List<Look> looks(AlertMetric metric, int most) {
        return database.with(handle -> handle.createQuery(
                                "select * from drift_look where metric = :metric order by number desc limit :most")
                        .bind("metric", metric.key())
                        .bind("most", most)
                        .map(Baselines::look)
                        .list())
                .reversed();
    }

    private static Baseline baseline(ResultSet row, StatementContext context) throws SQLException {
        return new Baseline(
                AlertMetric.of(row.getString("metric")).orElseThrow(),
                Instant.parse(row.getString("time")),
                row.getString("source"),
                row.getString("encoder"),
                row.getInt("size"),
                row.getBytes("data"),
                row.getLong("looked"),
                row.getLong("observed"),
                row.getBoolean("drifting"));
    }

    private static Look look(ResultSet row, StatementContext context) throws SQLException {
        return new Look(
                AlertMetric.of(row.getString("metric")).orElseThrow(),
                Instant.parse(row.getString("time")),
                row.getLong("observed"),
                row.getInt("window"),
                row.getDouble("size"),
                row.getDouble("by_chance"),
                row.getDouble("p_value"),
                row.getDouble("level"),
                Optional.ofNullable((Double) row.getObject("mean")),
                row.getBoolean("drifting"));
    }
}
