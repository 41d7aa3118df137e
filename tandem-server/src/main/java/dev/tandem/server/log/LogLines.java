package dev.tandem.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.foundation.MendableException;
import dev.tandem.server.http.JsonBodies;
import dev.tandem.workspace.settings.ServeSettings.Log;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A log of lines, each written at once and whole. Where a log cannot be written any more (a full disk), lines are lost and the server
 * goes on. Safe for use by many threads; several processes may append to one file.
 */
public final class LogLines implements AutoCloseable {
    private final Log form;
    private final OutputStream out;

    private LogLines(Log form, OutputStream out) {
        this.form = form;
        this.out = out;
    }

    /**
     * Opens a log.
     *
     * @param file to append to; standard error without one
     * @throws MendableException if the file cannot be written
     */
    public static LogLines open(Log form, Optional<Path> file) {
        if (form == Log.OFF) {
            return new LogLines(form, OutputStream.nullOutputStream());
        }
        if (file.isEmpty()) {
            return new LogLines(form, new FileOutputStream(FileDescriptor.err));
        }
        try {
            return new LogLines(
                    form, Files.newOutputStream(file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot log to " + file.get() + " (" + e
                            + "): name another file under serve.log_file in tandem.yaml.",
                    e);
        }
    }

    /**
     * Writes a line.
     *
     * @param event what happened: request, error
     * @param fields in the order in which they are written; absent ones are left out
     */
    public void write(String level, String event, Map<String, Object> fields) {
        if (form == Log.OFF) {
            return;
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("level", level);
        line.put("event", event);
        fields.forEach((name, value) -> {
            if (!(value instanceof Optional<?> optional && optional.isEmpty())) {
                line.put(name, value instanceof Optional<?> optional ? optional.get() : value);
            }
        });
        var text = form == Log.JSON
                ? JsonBodies.text(line)
                : line.values().stream().map(value -> oneLine(value.toString())).collect(Collectors.joining(" "));
        append((text + "\n").getBytes(UTF_8));
    }

    private synchronized void append(byte[] line) {
        try {
            out.write(line);
        } catch (IOException e) {
            // There is nowhere to say so; requests must not fail because of it.
            return;
        }
    }

    /** Nobody writes two lines, or steers a terminal, by what is logged. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    @Override
    public void close() {
        try {
            out.flush();
        } catch (IOException e) {
            return;
        }
    }
}
