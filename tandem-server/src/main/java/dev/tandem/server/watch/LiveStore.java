package dev.tandem.server.watch;

import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.settings.AlertMetric;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was observed of live answers: outcomes, times, vectors of questions, scores. Safe for use by many threads and processes. */
final class LiveStore {
    /** Enough for the widest window, and for a baseline that is taken anew. */
    private static final int QUESTIONS_KEPT = 2_500;

    private static final int ROWS_KEPT = 5_000;

    private final ServerDatabase database;

    LiveStore(ServerDatabase database) {
        this.database = database;
    }

    /**
     * A value that was observed.
     *
     * @param number in the order of observation
     */
    record Observed(long number, double value) {}

    /** A question's vector. */
    record Vector(long number, String answer, float[] vector) {}

    /** Keeps answers, and the vectors of those questions that have one. */
    void add(Collection<LiveAnswer> answers, Map<String, float[]> vectors, String encoder) {
        database.with(handle -> {
            var batch = handle.prepareBatch("""
                    insert into live_answer (id, time, model, outcome, milliseconds)
                    values (:id, :time, :model, :outcome, :milliseconds) on conflict do nothing""");
            answers.forEach(answer -> batch.bind("id", answer.id())
                    .bind("time", answer.time().toString())
                    .bind("model", answer.model())
                    .bind("outcome", answer.outcome().key())
                    .bind("milliseconds", answer.milliseconds())
                    .add());
            batch.execute();
            if (!vectors.isEmpty()) {
                var questions = handle.prepareBatch(
                        "insert into live_question (answer, encoder, vector) values (:answer, :encoder, :vector)");
                vectors.forEach((answer, vector) -> questions
                        .bind("answer", answer)
                        .bind("encoder", encoder)
                        .bind("vector", Numbers.bytes(vector))
                        .add());
                questions.execute();
            }
            return answers.size();
        });
    }

    /** Keeps a judge's scores of an answer. */
    void judged(LiveAnswer answer, Instant time, String judge, Judgement judgement) {
        database.with(handle -> handle.createUpdate("""
                        insert into live_judgement
                          (answer, time, model, judge, faithfulness, answer_relevancy, context_relevancy, unsupported)
                        values (:answer, :time, :model, :judge, :faithfulness, :answer_relevancy, :context_relevancy, :unsupported)
                        on conflict (answer) do update set time = excluded.time, model = excluded.model, judge = excluded.judge,
                          faithfulness = excluded.faithfulness, answer_relevancy = excluded.answer_relevancy,
                          context_relevancy = excluded.context_relevancy, unsupported = excluded.unsupported""")
                .bind("answer", answer.id())
                .bind("time", time.toString())
                .bind("model", answer.model())
                .bind("judge", judge)
                .bind("faithfulness", score(judgement.faithfulness()))
                .bind("answer_relevancy", score(judgement.answerRelevancy()))
                .bind("context_relevancy", score(judgement.contextRelevancy()))
                .bind("unsupported", judgement.unsupported().size())
                .execute());
    }

    private static Optional<Double> score(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    /** Where a metric's numbers stand, as a table of number and value. */
    private static String table(AlertMetric metric) {
        return switch (metric) {
            case FAITHFULNESS, ANSWER_RELEVANCY, CONTEXT_RELEVANCY ->
                "(select number, " + metric.key() + " as value from live_judgement where " + metric.key()
                        + " is not null)";
            case DECLINED ->
                "(select number, case when outcome = 'declined' then 1 else 0 end as value from live_answer where outcome <> 'failed')";
            case FAILED -> "(select number, case when outcome = 'failed' then 1 else 0 end as value from live_answer)";
            case LATENCY -> "(select number, milliseconds as value from live_answer where outcome <> 'failed')";
            case THUMBS_DOWN ->
                "(select id as number, case when rating = 'DOWN' then 1 else 0 end as value from feedback)";
            case QUESTIONS, GATE -> throw new IllegalArgumentException(metric + " is no number of each answer");
        };
    }

    /** Values after one observation, oldest first. */
    List<Observed> after(AlertMetric metric, long number, int most) {
        return database.with(handle -> handle.createQuery("select number, value from " + table(metric)
                        + " where number > :number order by number limit :most")
                .bind("number", number)
                .bind("most", most)
                .map((row, context) -> new Observed(row.getLong("number"), row.getDouble("value")))
                .list());
    }

    /** The newest values up to one observation, oldest first. */
    List<Double> newest(AlertMetric metric, long upTo, int most) {
        return database.with(handle -> handle.createQuery("select value from " + table(metric)
                                + " where number <= :upTo order by number desc limit :most")
                        .bind("upTo", upTo)
                        .bind("most", most)
                        .mapTo(Double.class)
                        .list())
                .reversed();
    }

    /** The number of a metric's newest value; 0 if there is none. */
    long last(AlertMetric metric) {
        return database.with(handle -> handle.createQuery("select coalesce(max(number), 0) from " + table(metric))
                .mapTo(Long.class)
                .one());
    }

    /** How many questions there are, by whichever encoder. */
    int questions() {
        return database.with(handle -> handle.createQuery("select count(*) from live_question")
                .mapTo(Integer.class)
                .one());
    }

    /** The newest question with a vector; 0 if there is none. */
    long lastQuestion() {
        return database.with(handle -> handle.createQuery("select coalesce(max(number), 0) from live_question")
                .mapTo(Long.class)
                .one());
    }

    /** The encoder of the newest vector. */
    Optional<String> newestEncoder() {
        return database.with(
                handle -> handle.createQuery("select encoder from live_question order by number desc limit 1")
                        .mapTo(String.class)
                        .findOne());
    }

    /** Numbers of questions with a vector of an encoder after one question, oldest first. */
    List<Long> questionsAfter(String encoder, long number, int most) {
        return database.with(handle -> handle.createQuery("""
                        select number from live_question
                        where encoder = :encoder and number > :number order by number limit :most""")
                .bind("encoder", encoder)
                .bind("number", number)
                .bind("most", most)
                .mapTo(Long.class)
                .list());
    }

    /** Vectors of an encoder after one question, oldest first. */
    List<Vector> vectorsAfter(String encoder, long number, int most) {
        return database.with(handle -> handle.createQuery("""
                        select number, answer, vector from live_question
                        where encoder = :encoder and number > :number order by number limit :most""")
                .bind("encoder", encoder)
                .bind("number", number)
                .bind("most", most)
                .map((row, context) ->
                        new Vector(row.getLong("number"), row.getString("answer"), Numbers.of(row.getBytes("vector"))))
                .list());
    }

    /** The newest vectors of an encoder up to one question, oldest first. */
    List<Vector> newestVectors(String encoder, long upTo, int most) {
        return database.with(handle -> handle.createQuery("""
                        select number, answer, vector from live_question
                        where encoder = :encoder and number <= :upTo order by number desc limit :most""")
                        .bind("encoder", encoder)
                        .bind("upTo", upTo)
                        .bind("most", most)
                        .map((row, context) -> new Vector(
                                row.getLong("number"), row.getString("answer"), Numbers.of(row.getBytes("vector"))))
                        .list())
                .reversed();
    }

    /** Forgets what is older than a time and not among the newest. */
    void sweep(Instant before) {
        database.with(handle -> {
            for (var table : List.of("live_answer", "live_judgement")) {
                handle.createUpdate("delete from " + table
                                + " where time < :time and number <= (select max(number) - :kept from " + table + ")")
                        .bind("time", before.toString())
                        .bind("kept", ROWS_KEPT)
                        .execute();
            }
            handle.createUpdate("delete from drift_look where time < :time")
                    .bind("time", before.toString())
                    .execute();
            return handle.createUpdate(
                            "delete from live_question where number <= (select max(number) - :kept from live_question)")
                    .bind("kept", QUESTIONS_KEPT)
                    .execute();
        });
    }
}
