package dev.tandem.evaluation.store;

import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.store.Rows.ExampleRow;
import dev.tandem.evaluation.store.Rows.RunRow;
import dev.tandem.evaluation.store.Rows.SummaryRow;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.database.Database;
import dev.tandem.foundation.database.DatabasePlace;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.foundation.database.SqliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The runs of a workspace, in one SQLite file or a schema of PostgreSQL. What a method has written outlives a kill of the process and of
 * the machine. Trouble with the database (no store, of a newer Tandem, full disk, no right) comes out as {@link MendableException}.
 * Safe for use by many threads and processes.
 */
public final class RunStore {
    private static final SqliteFile.Schema SCHEMA =
            new SqliteFile.Schema("runs", "run the command again", RunStore.class, List.of("V1__runs.sql"));

    private final Database database;

    private RunStore(Database database) {
        this.database = database;
    }

    /** Opens a store, making it if there is none. */
    public static RunStore open(DatabasePlace place) {
        return of(place.open(SCHEMA));
    }

    /** Opens a store that is there; at a server there always is one. */
    public static RunStore openExisting(DatabasePlace place) {
        if (place instanceof SqlitePlace(var file) && !Files.exists(file)) {
            throw new MendableException("There are no runs yet (no " + file + "): make one with `tandem evaluate -w "
                    + Optional.ofNullable(file.getParent()).orElse(file) + "`.");
        }
        return open(place);
    }

    /** As on a disk that is nearly full: of so many pages of 4 kB. */
    static RunStore open(Path file, int mostPages) {
        return of(new SqliteFile(file, SCHEMA, mostPages));
    }

    private static RunStore of(Database database) {
        database.jdbi().registerRowMapper(ConstructorMapper.factory(RunRow.class));
        database.jdbi().registerRowMapper(ConstructorMapper.factory(ExampleRow.class));
        database.jdbi().registerRowMapper(ConstructorMapper.factory(SummaryRow.class));
        return new RunStore(database);
    }

    /** All runs, the newest first. */
    public List<EvaluationRun> list() {
        return with(handle ->
                handle.createQuery("select * from run order by number desc").mapTo(RunRow.class).list().stream()
                        .map(row -> row.toRun(summaries(handle, row.id())))
                        .toList());
    }

    /** The run of exactly this id. */
    public Optional<EvaluationRun> run(String id) {
        return with(handle -> handle.createQuery("select * from run where id = :id")
                .bind("id", id)
                .mapTo(RunRow.class)
                .findOne()
                .map(row -> row.toRun(summaries(handle, row.id()))));
    }

    /** How many of a run's examples there are. */
    public int measured(String id) {
        return with(handle -> handle.createQuery("select count(*) from example where run = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .one());
    }

    /** What there is of a run's examples, in the order of its test set. */
    public List<ExampleResult> examples(String id) {
        return with(handle -> handle
                .createQuery("select * from example where run = :id order by position")
                .bind("id", id)
                .mapTo(ExampleRow.class)
                .list()
                .stream()
                .map(ExampleRow::toResult)
                .toList());
    }

    /** Runs of the same strategy, configuration, test set, seed and version that are not finished, the newest first. */
    public List<EvaluationRun> unfinished(EvaluationRun like) {
        return with(handle -> handle.createQuery("""
                        select * from run where finished is null and strategy = :strategy and test_set_hash = :testSetHash
                        and configuration = :configuration and seed = :seed and tandem_version = :tandemVersion
                        order by number desc""").bindMethods(RunRow.of(like)).mapTo(RunRow.class).list().stream()
                .map(row -> row.toRun(List.of()))
                .toList());
    }

    /**
     * Begins a run.
     *
     * @throws MendableException if there is one of its id
     */
    public void begin(EvaluationRun run) {
        int begun = with(
                handle -> handle.createUpdate("""
                        insert into run (id, strategy, test_set, test_set_hash, configuration, seed, tandem_version, started, finished)
                        values (:id, :strategy, :testSet, :testSetHash, :configuration, :seed, :tandemVersion, :started, :finished)
                        on conflict (id) do nothing""").bindMethods(RunRow.of(run)).execute());
        if (begun == 0) {
            throw new MendableException("There is a run " + run.id() + " already: choose another --name.");
        }
    }

    /**
     * Keeps an example, in place of what was there of it.
     *
     * @param position the place of its question in the test set
     */
    public void add(String run, int position, ExampleResult result) {
        with(handle -> handle.createUpdate("""
                        insert into example (run, position, case_id, type, test_case, answer, failure, metrics, unsupported)
                        values (:run, :position, :caseId, :type, :testCase, :answer, :failure, :metrics, :unsupported)
                        on conflict (run, case_id) do update set position = excluded.position, type = excluded.type,
                          test_case = excluded.test_case, answer = excluded.answer, failure = excluded.failure,
                          metrics = excluded.metrics, unsupported = excluded.unsupported""")
                .bindMethods(ExampleRow.of(run, position, result))
                .execute());
    }

    /** Ends a run, whose {@code finished} says when, with its summaries. */
    public void finish(EvaluationRun run) {
        database.inTransaction(handle -> {
            handle.createUpdate("delete from summary where run = :id")
                    .bind("id", run.id())
                    .execute();
            for (int i = 0; i < run.summaries().size(); i++) {
                handle.createUpdate("""
                                insert into summary
                                values (:run, :position, :metric, :type, :value, :low, :high, :confidence, :samples, :seed,
                                  :examples, :missing)""")
                        .bindMethods(SummaryRow.of(run.id(), i, run.summaries().get(i)))
                        .execute();
            }
            return handle.createUpdate("update run set finished = :finished where id = :id")
                    .bindMethods(RunRow.of(run))
                    .execute();
        });
    }

    private static List<MetricSummary> summaries(Handle handle, String run) {
        return handle
                .createQuery("select * from summary where run = :run order by position")
                .bind("run", run)
                .mapTo(SummaryRow.class)
                .list()
                .stream()
                .map(SummaryRow::toSummary)
                .toList();
    }

    private <T> T with(java.util.function.Function<Handle, T> work) {
        return database.call(() -> database.jdbi().withHandle(work::apply));
    }
}
