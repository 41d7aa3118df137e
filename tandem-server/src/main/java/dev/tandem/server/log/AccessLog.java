package dev.tandem.server.log;

import dev.tandem.server.http.RequestListener;
import io.javalin.http.Context;
import java.util.LinkedHashMap;

/** A line a request: who, what, how it ended, how long it took. Paths as the table of endpoints has them, without what is asked. */
public record AccessLog(LogLines log) implements RequestListener {
    @Override
    public void ended(Context context, Handled handled) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("request", handled.id());
        fields.put("caller", handled.caller().orElse("-"));
        fields.put("method", handled.method());
        fields.put("endpoint", handled.endpoint().orElse("-"));
        fields.put("status", handled.status());
        fields.put("milliseconds", Math.round(handled.taken().toNanos() / 1e4) / 1e2);
        // Not ready yet, or no longer, is a state and no fault.
        boolean fault = handled.status() >= 500 && handled.status() != 503;
        log.write(fault ? "error" : "info", "request", fields);
    }
}
