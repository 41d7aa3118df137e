package dev.tandem.cli.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Turns java.util.logging off, which libraries write to stderr with. Named by the system property {@code
 * java.util.logging.config.class}, so it costs nothing unless a library logs.
 */
public final class QuietLogging {
    public QuietLogging() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(".level=OFF\n".getBytes(StandardCharsets.UTF_8)));
    }
}
