package dev.tandem.server.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.tandem.foundation.MendableException;
import dev.tandem.server.http.JsonBodies;
import dev.tandem.server.store.ServerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.StatementContext;

/** Answers, kept for a while, and what people thought of them, kept for good. Safe for use by many threads and processes. */
public final class FeedbackStore {
    private final ServerDatabase database;

    public FeedbackStore(ServerDatabase database) {
        this.database = database;
    }

    /** Keeps answers. */
    void keep(Collection<KeptAnswer> answers) {
        database.with(handle -> {
            var batch = handle.prepareBatch("""
                    insert into feedback_answer (id, time, caller, context) values (:id, :time, :caller, :context)
                    on conflict do nothing""");
            answers.forEach(answer -> batch.bind("id", answer.id())
                    .bind("time", answer.time().toString())
                    .bind("caller", answer.caller())
                    .bind("context", JsonBodies.text(answer))
                    .add());
            return batch.execute();
        });
    }

    /** An answer that is kept. */
    Optional<KeptAnswer> answer(String id) {
        return database.with(handle -> handle.createQuery("select context from feedback_answer where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(FeedbackStore::context));
    }

    /** Forgets answers from before; feedback on them keeps what it needs. */
    int forgetBefore(Instant time) {
        return database.with(handle -> handle.createUpdate("delete from feedback_answer where time < :time")
                .bind("time", time.toString())
                .execute());
    }

    /**
     * Keeps feedback, in place of what the same caller thought of the same answer before.
     *
     * @param given its id does not count
     * @return with its id
     */
    public Feedback add(Feedback given) {
        long id = database.with(handle -> handle.createQuery("""
                        insert into feedback (answer, time, caller, rating, reasons, correction, comment, context)
                        values (:answer, :time, :caller, :rating, :reasons, :correction, :comment, :context)
                        on conflict (answer, caller) do update set time = excluded.time, rating = excluded.rating,
                          reasons = excluded.reasons, correction = excluded.correction, comment = excluded.comment
                        returning id""")
                .bind("answer", given.context().id())
                .bind("time", given.time().toString())
                .bind("caller", given.caller())
                .bind("rating", given.rating().name())
                .bind("reasons", JsonBodies.text(given.reasons()))
                .bind("correction", given.correction())
                .bind("comment", given.comment())
                .bind("context", JsonBodies.text(given.context()))
                .mapTo(Long.class)
                .one());
        return find(id).orElseThrow();
    }

    /** One, by its id. */
    public Optional<Feedback> find(long id) {
        return database.with(handle -> handle.createQuery("select * from feedback where id = :id")
                .bind("id", id)
                .map(FeedbackStore::row)
                .findOne());
    }

    /** How many there are. */
    public int count() {
        return database.with(handle -> handle.createQuery("select count(*) from feedback")
                .mapTo(Integer.class)
                .one());
    }

    /** A page of them, the newest first. */
    public List<Feedback> page(int offset, int count) {
        return database.with(handle -> handle.createQuery(
                        "select * from feedback order by time desc, id desc limit :count offset :offset")
                .bind("offset", offset)
                .bind("count", count)
                .map(FeedbackStore::row)
                .list());
    }

    /** Notes which test case was made of it. */
    public void madeTestCase(long id, String testCase) {
        database.with(handle -> handle.createUpdate("update feedback set test_case = :testCase where id = :id")
                .bind("id", id)
                .bind("testCase", testCase)
                .execute());
    }

    /** Notes that a training example was made of it. */
    public void madeTrainingExample(long id) {
        database.with(handle -> handle.createUpdate("update feedback set training_example = 1 where id = :id")
                .bind("id", id)
                .execute());
    }

    /**
     * What of one person was removed.
     *
     * @param answers that were kept
     * @param feedback of the person, or on an answer to the person
     * @param testCases ids of the cases that were made of it; they belong to the test set and stay
     * @param trainingExamples how many were made of it; they stay as well
     */
    public record Erased(int answers, int feedback, List<String> testCases, int trainingExamples) {
        /** Where nothing was kept. */
        public static final Erased NOTHING = new Erased(0, 0, List.of(), 0);

        public Erased {
            testCases = List.copyOf(testCases);
        }

        /** Of two places together. */
        public Erased and(Erased other) {
            return new Erased(
                    answers + other.answers,
                    feedback + other.feedback,
                    Stream.concat(testCases.stream(), other.testCases.stream()).toList(),
                    trainingExamples + other.trainingExamples);
        }
    }

    /** Removes what a caller was answered, thought of answers, and what others thought of answers to the caller, for good. */
    public Erased erase(String caller) {
        return database.with(handle -> {
            database.overwriteDeleted(handle);
            var gone = handle.createQuery("select * from feedback").map(FeedbackStore::row).stream()
                    .filter(each -> each.caller().equals(caller)
                            || each.context().caller().equals(caller))
                    .toList();
            var batch = handle.prepareBatch("delete from feedback where id = :id");
            gone.forEach(each -> batch.bind("id", each.id()).add());
            batch.execute();
            // The vector of a question tells something of its text.
            handle.createUpdate(
                            "delete from live_question where answer in (select id from feedback_answer where caller = :caller)")
                    .bind("caller", caller)
                    .execute();
            int answers = handle.createUpdate("delete from feedback_answer where caller = :caller")
                    .bind("caller", caller)
                    .execute();
            return new Erased(
                    answers,
                    gone.size(),
                    gone.stream().flatMap(each -> each.testCase().stream()).toList(),
                    (int) gone.stream().filter(Feedback::trainingExample).count());
        });
    }

    private static Feedback row(ResultSet row, StatementContext context) throws SQLException {
        return new Feedback(
                row.getLong("id"),
                Instant.parse(row.getString("time")),
                row.getString("caller"),
                Feedback.Rating.valueOf(row.getString("rating")),
                texts(row.getString("reasons")),
                Optional.ofNullable(row.getString("correction")),
                Optional.ofNullable(row.getString("comment")),
                context(row.getString("context")),
                Optional.ofNullable(row.getString("test_case")),
                row.getBoolean("training_example"));
    }

    private static KeptAnswer context(String json) {
        try {
            return JsonBodies.mapper().readValue(json, KeptAnswer.class);
        } catch (JsonProcessingException e) {
            throw damaged(e);
        }
    }

    private static List<String> texts(String json) {
        try {
            return JsonBodies.mapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw damaged(e);
        }
    }

    private static MendableException damaged(JsonProcessingException e) {
        return new MendableException(
                "The server's database holds feedback that is none: if it was edited by hand, put a copy of it back.",
                e);
    }
}
