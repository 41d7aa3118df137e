package dev.tandem.server.log;

import dev.tandem.workspace.settings.ServeSettings.Log;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Warnings and errors of the server and its libraries, by way of SLF4J, as lines of the server's log. SLF4J makes it by its name,
 * which {@link #use} puts into system properties before anything logs: a command that serves nothing has no logging to load.
 */
public final class LogProvider implements SLF4JServiceProvider {
    private static final String FORM = "tandem.log";
    private static final String FILE = "tandem.log.file";

    private final ILoggerFactory loggers;
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter contexts = new NOPMDCAdapter();

    /** As SLF4J makes it, from the system properties. */
    public LogProvider() {
        var form = Log.valueOf(System.getProperty(FORM, "text").toUpperCase(Locale.ROOT));
        var log = LogLines.open(
                form, Optional.ofNullable(System.getProperty(FILE)).map(Path::of));
        var made = new ConcurrentHashMap<String, Logger>();
        loggers = name -> made.computeIfAbsent(name, each -> new LineLogger(each, log));
    }

    /** Makes SLF4J log here; does nothing once something has logged. */
    public static void use(Log form, Optional<Path> file) {
        System.setProperty(FORM, form.name());
        file.ifPresent(path -> System.setProperty(FILE, path.toString()));
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("slf4j.provider", LogProvider.class.getName());
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return contexts;
    }

    @Override
    public @Nullable String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}
}
