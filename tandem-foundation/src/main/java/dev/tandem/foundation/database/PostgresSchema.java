package dev.tandem.foundation.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.database.DatabasePlace.PostgresPlace;
import dev.tandem.foundation.database.SqliteFile.Schema;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A schema of tables in PostgreSQL, made by the scripts that make the file of SQLite. Each transaction waits for the others of this
 * schema, as those of a file do, so that what holds for a file holds here, for several servers too. Connections are closed when
 * nothing was asked for a while, so that nobody need close this.
 */
final class PostgresSchema implements Database {
    private static final int CONNECT_SECONDS = 10;
    private static final int MOST_CONNECTIONS = 4;
    private static final int IDLE_MILLIS = 30_000;

    private final PostgresPlace place;
    private final Schema schema;
    private final Jdbi jdbi;

    /**
     * Opens the schema, making it or bringing it to the newest version if need be.
     *
     * @throws MendableException if the server cannot be reached, refuses, or the schema is of a newer Tandem
     */
    PostgresSchema(PostgresPlace place, Schema schema) {
        this.place = place;
        this.schema = schema;
        var server = server(place);
        this.jdbi = Jdbi.create(pool(server));
        call(() -> {
            Migrations.apply(
                    server,
                    schema,
                    PostgresSchema::translated,
                    place.toString(),
                    flyway -> flyway.schemas(place.schema()).defaultSchema(place.schema()));
            return true;
        });
    }

    private static PGSimpleDataSource server(PostgresPlace place) {
        var source = new PGSimpleDataSource();
        source.setUrl(place.url());
        place.user().ifPresent(source::setUser);
        place.password().ifPresent(source::setPassword);
        source.setCurrentSchema("\"" + place.schema() + "\"");
        source.setApplicationName("tandem " + ProcessHandle.current().pid());
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        return source;
    }

    private static HikariDataSource pool(PGSimpleDataSource server) {
        var config = new HikariConfig();
        config.setDataSource(server);
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_MILLIS);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(CONNECT_SECONDS));
        // Whether there is a server is told by the schema, with the driver's own reason.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** A script for SQLite in PostgreSQL's words; text is put in order by its bytes, as SQLite does. */
    static String translated(String script) {
        return script.replace(" integer primary key autoincrement", " bigint generated always as identity primary key")
                .replace(" integer", " bigint")
                .replace(" real", " double precision")
                .replace(" blob", " bytea")
                .replace(" text", " text collate \"C\"")
                // A word of the language there.
                .replace(" window ", " \"window\" ");
    }

    @Override
    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public <T> T inTransaction(Function<Handle, T> work) {
        return call(() -> jdbi.inTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(hashtext(?))", place.schema());
            return work.apply(handle);
        }));
    }

    @Override
    public void overwriteDeleted(Handle transaction) {
        // The server's vacuum frees what was deleted, when it sees fit.
    }

    @Override
    public <T> T call(Supplier<T> work) {
        try {
            return work.get();
        } catch (MendableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                    .limit(20)
                    .filter(SQLException.class::isInstance)
                    .map(cause -> (RuntimeException) new MendableException(sentence((SQLException) cause), e))
                    .findFirst()
                    .orElse(e);
        }
    }

    private String sentence(SQLException cause) {
        var state = Objects.requireNonNullElse(cause.getSQLState(), "");
        var said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" ->
                "There is no answer from PostgreSQL, which keeps the " + schema.kept() + " (" + place + ": " + said
                        + "): start it, or set store.url; then " + schema.again() + ".";
            case "28" ->
                "PostgreSQL lets nobody in by this name and password (" + place + ": " + said + "): set store.user and"
                        + " the environment variable PGPASSWORD, or the one that store.api_key_variable names.";
            case "3D" -> "There is no such database (" + place + ": " + said + "): create it, or set store.url.";
            case "42" ->
                "PostgreSQL refuses it (" + place + ": " + said + "): the user needs the right to create a schema, or"
                        + " all rights in " + place.schema() + " if it is there.";
            case "53" ->
                "PostgreSQL is at its limits (" + place + ": " + said + "): free some space or connections and "
                        + schema.again() + "; nothing that was written before is lost.";
            default ->
                "PostgreSQL cannot read or write the " + schema.kept() + " (" + place + ": " + said + ", code " + state
                        + "): look into its log and " + schema.again() + ".";
        };
    }
}
