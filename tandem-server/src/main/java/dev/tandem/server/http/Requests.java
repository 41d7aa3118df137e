package dev.tandem.server.http;

import dev.tandem.server.access.Caller;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What is read from a request. */
public final class Requests {
    private static final String CALLER = "tandem.caller";
    private static final String LIMIT = "tandem.limit";
    private static final long MOST_PASSED_OVER = 64L << 20;

    private Requests() {}

    /** Who asks. */
    public static Caller caller(Context context) {
        Caller caller = context.attribute(CALLER);
        if (caller == null) {
            throw new IllegalStateException("No caller: the endpoint names no role");
        }
        return caller;
    }

    /** Who asks, where somebody was let in. */
    static Optional<Caller> known(Context context) {
        Caller caller = context.attribute(CALLER);
        return Optional.ofNullable(caller);
    }

    static void setCaller(Context context, Caller caller) {
        context.attribute(CALLER, caller);
    }

    static void setLimit(Context context, long bytes) {
        context.attribute(LIMIT, bytes);
    }

    /** The JSON body as a record. */
    public static <T> T body(Context context, Class<T> type) {
        return JsonBodies.read(bytes(context), type);
    }

    /**
     * The body's bytes.
     *
     * @throws ApiError 413 if there are more than the server takes; what is over is not kept
     */
    public static byte[] bytes(Context context) {
        Long limit = context.attribute(LIMIT);
        long most = limit == null ? 0 : limit;
        try {
            var in = context.bodyInputStream();
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
            if (bytes.length > most) {
                passOver(in);
                throw ApiError.tooLarge("The request's body is longer than " + most + " bytes: send less, or raise"
                        + " serve.max_body in tandem.yaml.");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who still writes does not read: an answer sent meanwhile would be lost with the connection. Bounded, and nothing is kept. */
    private static void passOver(InputStream in) throws IOException {
        var passed = new byte[1 << 16];
        long left = MOST_PASSED_OVER;
        for (int read = in.read(passed); read >= 0 && left > 0; read = in.read(passed)) {
            left -= read;
        }
    }

    /** A whole number in the query. */
    public static int number(Context context, String name, int otherwise, int least, int most) {
        var text = context.queryParam(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        throw ApiError.invalid("'" + name + "' must be a whole number from " + least + " to " + most + ".", name);
    }

    /** A text in the query. */
    public static Optional<String> text(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isBlank());
    }
}
