package dev.tandem.stores.postgres;

import dev.tandem.foundation.MendableException;
import java.sql.SQLException;
import java.util.Objects;

/** What an error of the database means to the user; whatever is not known to be mendable stays what it is. */
final class PostgresFailure {
    private PostgresFailure() {}

    static RuntimeException of(String index, SQLException e) {
        var state = Objects.requireNonNullElse(e.getSQLState(), "");
        var said = firstLine(e);
        return switch (state) {
            case "28P01", "28000" ->
                mendable(
                        index,
                        "refuses the user or password (" + said
                                + "): check store.user in tandem.yaml, and the password in PGPASSWORD or the variable that store.api_key_variable names",
                        e);
            case "3D000" ->
                mendable(index, "does not exist (" + said + "): create the database, or correct store.url", e);
            case "58P01", "0A000" ->
                said.contains("vector")
                        ? mendable(
                                index,
                                "has no pgvector (" + said
                                        + "): install the package of the server's version, like postgresql-17-pgvector",
                                e)
                        : other(index, said, e);
            case "42501" ->
                mendable(
                        index,
                        "does not allow this user to do it (" + said
                                + "): have an administrator run 'create extension vector' in the database and grant the user 'create' on it",
                        e);
            case "53300" ->
                mendable(index, "takes no more connections (" + said + "): raise max_connections, or close some", e);
            case "53100", "53200", "54000" ->
                mendable(index, "has no room left (" + said + "); nothing was changed", e);
            case "55P03", "40P01", "57014" -> mendable(index, "was busy (" + said + "): run the same command again", e);
            default ->
                state.startsWith("08") || state.startsWith("57P") || isBroken(e)
                        ? gone(index, said, e)
                        : other(index, said, e);
        };
    }

    /** Whether the connection is lost, so that another may do. */
    static boolean isConnectionLost(SQLException e) {
        var state = Objects.requireNonNullElse(e.getSQLState(), "");
        return state.startsWith("08") || state.startsWith("57P") || isBroken(e);
    }

    private static boolean isBroken(SQLException e) {
        return e.getCause() instanceof java.io.IOException;
    }

    private static MendableException gone(String index, String said, SQLException e) {
        return mendable(
                index,
                "cannot be reached (" + said
                        + "): check that the server runs and store.url is right, and run the same command again",
                e);
    }

    private static MendableException other(String index, String said, SQLException e) {
        return new MendableException(
                "The index " + index + " failed in the database (" + said + ", code " + e.getSQLState()
                        + "): mend what it names, or make the index anew with `tandem ingest --rebuild`.",
                e);
    }

    private static MendableException mendable(String index, String what, SQLException e) {
        return new MendableException("The index " + index + " " + what + ".", e);
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
