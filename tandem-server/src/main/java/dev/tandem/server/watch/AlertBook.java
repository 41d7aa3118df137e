package dev.tandem.server.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.tandem.foundation.MendableException;
import dev.tandem.server.http.JsonBodies;
import dev.tandem.server.store.ServerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Alerts that were fired, and which are mended. A rule has one open alert at most. Safe for use by many threads and processes. */
final class AlertBook {
    private final ServerDatabase database;

    AlertBook(ServerDatabase database) {
        this.database = database;
    }

    /** Fires; false if the rule has an open alert already. */
    boolean fire(FiredAlert alert) {
        return database.with(handle -> handle.createUpdate("""
                                insert into alert
                                  (id, rule, metric, fired, sentence, look, value, baseline, deliveries)
                                values (:id, :rule, :metric, :fired, :sentence, :look, :value, :baseline, '[]')
                                on conflict do nothing""")
                        .bind("id", alert.id())
                        .bind("rule", alert.rule())
                        .bind("metric", alert.metric())
                        .bind("fired", alert.fired().toString())
                        .bind("sentence", alert.sentence())
                        .bind("look", alert.look())
                        .bind("value", alert.value())
                        .bind("baseline", alert.baseline())
                        .execute()
                > 0);
    }

    /** The open alert of a rule. */
    Optional<FiredAlert> open(String rule) {
        return database.with(handle -> handle.createQuery("select * from alert where rule = :rule and mended is null")
                .bind("rule", rule)
                .map(AlertBook::row)
                .findOne());
    }

    /** All open alerts, the oldest first. */
    List<FiredAlert> open() {
        return database.with(handle -> handle.createQuery("select * from alert where mended is null order by number")
                .map(AlertBook::row)
                .list());
    }

    /** Notes that what was wrong is mended; false if somebody else has. */
    boolean mend(String id, Instant time, String sentence) {
        return database.with(handle -> handle.createUpdate(
                                "update alert set mended = :time, mended_sentence = :sentence where id = :id and mended is null")
                        .bind("id", id)
                        .bind("time", time.toString())
                        .bind("sentence", sentence)
                        .execute()
                > 0);
    }

    /** Notes by which channels people were told. */
    void delivered(String id, List<FiredAlert.Delivered> deliveries) {
        database.with(handle -> handle.createUpdate("update alert set deliveries = :deliveries where id = :id")
                .bind("id", id)
                .bind("deliveries", JsonBodies.text(deliveries))
                .execute());
    }

    /** The newest, open ones first. */
    List<FiredAlert> newest(int most) {
        return database.with(
                handle -> handle.createQuery("select * from alert order by mended is not null, number desc limit :most")
                        .bind("most", most)
                        .map(AlertBook::row)
                        .list());
    }

    private static FiredAlert row(ResultSet row, StatementContext context) throws SQLException {
        return new FiredAlert(
                row.getString("id"),
                row.getString("rule"),
                row.getString("metric"),
                Instant.parse(row.getString("fired")),
                row.getString("sentence"),
                row.getString("look"),
                Optional.ofNullable((Double) row.getObject("value")),
                Optional.ofNullable((Double) row.getObject("baseline")),
                Optional.ofNullable(row.getString("mended")).map(Instant::parse),
                Optional.ofNullable(row.getString("mended_sentence")),
                deliveries(row.getString("deliveries")));
    }

    private static List<FiredAlert.Delivered> deliveries(String json) {
        try {
            return JsonBodies.mapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new MendableException(
                    "The server's database holds an alert that is none: if it was edited by hand, put a copy of it back.",
                    e);
        }
    }
}
