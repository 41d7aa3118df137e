package dev.tandem.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands have in common that only group others. */
final class GroupOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    /** That none of the group's commands was named. */
    ParameterException nothingSaid() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills this in");
        }
        var names = List.copyOf(spec.subcommands().keySet());
        var before = String.join(", ", names.subList(0, names.size() - 1));
        return new ParameterException(
                spec.commandLine(),
                "Say what to do: " + spec.qualifiedName() + " " + before + " or " + names.getLast());
    }
}
