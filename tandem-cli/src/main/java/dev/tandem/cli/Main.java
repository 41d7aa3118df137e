package dev.tandem.cli;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Terminal;
import java.util.List;

/** Entry point of the {@code tandem} command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.config.class", "dev.tandem.cli.console.QuietLogging");
        var terminal = Terminal.ofProcess();
        int exitCode = run(arguments, terminal);
        terminal.out().flush();
        terminal.err().flush();
        System.exit(exitCode);
    }

    private static int run(String[] arguments, Terminal terminal) {
        try {
            return TandemCommandLine.of(terminal).execute(arguments);
        } catch (Error error) {
            // picocli catches exceptions alone, but running out of memory is for people as well.
            var failure = Failure.of(error);
            if (List.of(arguments).contains("--verbose")) {
                error.printStackTrace(terminal.err());
            }
            terminal.remark(failure.message());
            return failure.exitCode();
        }
    }
}
