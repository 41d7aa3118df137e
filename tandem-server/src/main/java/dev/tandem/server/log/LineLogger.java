package dev.tandem.server.log;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Warnings and errors of one logger as lines. Of an exception its class, those of its causes and where it came from are written, not its
 * message: that may hold a question or a piece of a document.
 */
final class LineLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;
    private static final int FRAMES = 15;

    private final transient LogLines log;

    LineLogger(String name, LogLines log) {
        this.name = name;
        this.log = log;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String pattern,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("logger", name);
        fields.put("message", MessageFormatter.basicArrayFormat(pattern, arguments));
        fields.put("exception", Optional.ofNullable(thrown).map(LineLogger::classes));
        fields.put("at", Optional.ofNullable(thrown).map(LineLogger::frames));
        log.write(level.name().toLowerCase(Locale.ROOT), level == Level.ERROR ? "error" : "warning", fields);
    }

    private static String classes(Throwable thrown) {
        return String.join(
                " <- ",
                Stream.<Throwable>iterate(thrown, cause -> cause != null, Throwable::getCause)
                        .limit(10)
                        .map(cause -> cause.getClass().getName())
                        .toList());
    }

    private static List<String> frames(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .toList();
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return LineLogger.class.getName();
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }
}
