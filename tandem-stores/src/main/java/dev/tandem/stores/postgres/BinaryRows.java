package dev.tandem.stores.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Rows in the binary form of PostgreSQL's COPY, gathered and sent in one go. Vectors in pgvector's: length, 0, the numbers. */
final class BinaryRows {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int INT4 = 23;

    private final String table;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    private final DataOutputStream out = new DataOutputStream(bytes);
    private boolean begun;

    /** Rows for a table, with its columns in brackets. */
    BinaryRows(String table) {
        this.table = table;
    }

    /** One value of a row. */
    @FunctionalInterface
    interface Value {
        void write(DataOutputStream out) throws IOException;
    }

    static Value integer(int number) {
        return out -> {
            out.writeInt(Integer.BYTES);
            out.writeInt(number);
        };
    }

    static Value small(int number) {
        return out -> {
            out.writeInt(Short.BYTES);
            out.writeShort(number);
        };
    }

    static Value bigint(long number) {
        return out -> {
            out.writeInt(Long.BYTES);
            out.writeLong(number);
        };
    }

    static Value real(double number) {
        return out -> {
            out.writeInt(Double.BYTES);
            out.writeDouble(number);
        };
    }

    static Value flag(boolean flag) {
        return out -> {
            out.writeInt(1);
            out.writeByte(flag ? 1 : 0);
        };
    }

    static Value nothing() {
        return out -> out.writeInt(-1);
    }

    static Value text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static Value bytes(byte[] bytes) {
        return out -> {
            out.writeInt(bytes.length);
            out.write(bytes);
        };
    }

    static Value integers(int[] numbers) {
        return out -> {
            if (numbers.length == 0) {
                // No dimension, no nulls, the type.
                out.writeInt(3 * Integer.BYTES);
                out.writeInt(0);
                out.writeInt(0);
                out.writeInt(INT4);
                return;
            }
            out.writeInt(5 * Integer.BYTES + numbers.length * 2 * Integer.BYTES);
            out.writeInt(1);
            out.writeInt(0);
            out.writeInt(INT4);
            out.writeInt(numbers.length);
            out.writeInt(1);
            for (int number : numbers) {
                out.writeInt(Integer.BYTES);
                out.writeInt(number);
            }
        };
    }

    static Value vector(float[] vector) {
        return out -> {
            out.writeInt(2 * Short.BYTES + vector.length * Float.BYTES);
            out.writeShort(vector.length);
            out.writeShort(0);
            for (float number : vector) {
                out.writeFloat(number);
            }
        };
    }

    void add(Value... row) {
        try {
            if (!begun) {
                out.write(SIGNATURE);
                out.writeInt(0);
                out.writeInt(0);
                begun = true;
            }
            out.writeShort(row.length);
            for (var value : row) {
                value.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends what was gathered, if anything was. */
    void send(Connection connection) throws SQLException {
        if (!begun) {
            return;
        }
        try {
            out.writeShort(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + " from stdin (format binary)");
        try {
            var all = bytes.toByteArray();
            copy.writeToCopy(all, 0, all.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        bytes.reset();
        begun = false;
    }
}
