package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** {@code tandem version}. */
@Command(
        name = "version",
        description = "Show the versions of Tandem and Java.",
        footer = {"", "Example:", "  tandem version --json"})
public final class VersionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    public VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(
                                        Json.object("tandem", tandem(), "java", Runtime.version(), "system", system))
                                : "tandem " + tandem() + ", Java " + Runtime.version() + ", " + system);
        return 0;
    }

    /** Tandem's own version. */
    static String tandem() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("from class files");
    }

    /** For {@code tandem --version}. */
    public static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tandem " + tandem()};
        }
    }
}
