package dev.tandem.stores.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A statement that grows with its parameters, which are never a part of its text. */
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    /** Reads a row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    static Sql of(String text, Object... values) {
        return new Sql().add(text, values);
    }

    /** Text, and the values of its question marks; arrays of Integer, Double and String are arrays there. */
    Sql add(String more, Object... values) {
        text.append(more);
        parameters.addAll(List.of(values));
        return this;
    }

    Sql add(Sql other) {
        text.append(other.text);
        parameters.addAll(other.parameters);
        return this;
    }

    <T> List<T> query(Connection connection, Row<T> row) throws SQLException {
        try (var statement = prepare(connection);
                var rows = statement.executeQuery()) {
            var read = new ArrayList<T>();
            while (rows.next()) {
                read.add(row.read(rows));
            }
            return read;
        }
    }

    <T> Optional<T> first(Connection connection, Row<T> row) throws SQLException {
        var rows = query(connection, row);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** Runs it; the number of rows that it changed. */
    int run(Connection connection) throws SQLException {
        try (var statement = prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        var statement = connection.prepareStatement(text.toString());
        try {
            for (int i = 0; i < parameters.size(); i++) {
                var value = parameters.get(i);
                switch (value) {
                    case Integer[] numbers -> statement.setArray(i + 1, connection.createArrayOf("int4", numbers));
                    case Double[] numbers -> statement.setArray(i + 1, connection.createArrayOf("float8", numbers));
                    case Long[] numbers -> statement.setArray(i + 1, connection.createArrayOf("int8", numbers));
                    case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
                    default -> statement.setObject(i + 1, value);
                }
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
