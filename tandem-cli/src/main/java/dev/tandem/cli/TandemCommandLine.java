package dev.tandem.cli;

import dev.tandem.cli.command.TandemCommand;
import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Terminal;
import dev.tandem.foundation.offline.OfflineGuard;
import dev.tandem.workspace.settings.Suggestion;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The whole command line: every subcommand, and what their failures become. */
final class TandemCommandLine {
    /** picocli refuses less. */
    private static final int NARROWEST_HELP = 55;

    private TandemCommandLine() {}

    static CommandLine of(Terminal terminal) {
        return new CommandLine(new TandemCommand(terminal), factory(terminal))
                .setOut(terminal.out())
                .setErr(terminal.err())
                // A question may begin with an @, and its quotes are its own.
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Math.max(NARROWEST_HELP, terminal.width()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setExecutionStrategy(parsed -> {
                    if (leaf(parsed).hasMatchedOption("--offline") || isSet(System.getenv("TANDEM_OFFLINE"))) {
                        OfflineGuard.install();
                    }
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler((failure, arguments) -> wrongUsage(failure, terminal))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, parsed, terminal));
    }

    /** Commands are given the terminal; all else that picocli needs it makes itself. */
    private static IFactory factory(Terminal terminal) {
        var standard = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                var constructor = Arrays.stream(type.getConstructors())
                        .filter(each -> List.of(each.getParameterTypes()).equals(List.of(Terminal.class)))
                        .findFirst();
                return constructor.isPresent()
                        ? type.cast(instance(constructor.get(), terminal))
                        : standard.create(type);
            }
        };
    }

    private static Object instance(Constructor<?> constructor, Terminal terminal) throws ReflectiveOperationException {
        return constructor.newInstance(terminal);
    }

    private static int wrongUsage(ParameterException failure, Terminal terminal) {
        var command = failure.getCommandLine().getCommandSpec().qualifiedName();
        terminal.remark(message(failure) + " See `" + command + " --help`.");
        return Failure.WRONG_USAGE;
    }

    private static String message(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            var message =
                    String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").replaceFirst("^Error: ", "");
            return message.endsWith(".") ? message : message + ".";
        }
        var word = unmatched.getUnmatched().getFirst();
        var command = failure.getCommandLine();
        boolean group = !command.getSubcommands().isEmpty();
        boolean option = unmatched.isUnknownOption();
        var kind = option ? "Unknown option " : group ? "Unknown command " : "Unexpected argument ";
        var known = option
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet();
        var hint = Suggestion.nearest(word, known)
                .map(meant -> " Did you mean " + meant + "?")
                .orElse("");
        var dashes = option && word.contains(" ") ? " Put -- before a question that begins with a dash." : "";
        return kind + shortened(word) + "." + hint + dashes;
    }

    private static String shortened(String word) {
        return word.length() > 60 ? word.substring(0, 60) + "..." : word;
    }

    private static int failed(Exception thrown, ParseResult parsed, Terminal terminal) {
        var failure = Failure.of(thrown);
        terminal.out().flush();
        if (isVerbose(parsed)) {
            thrown.printStackTrace(terminal.err());
        }
        terminal.remark(failure.message());
        return failure.exitCode();
    }

    private static boolean isVerbose(ParseResult parsed) {
        return leaf(parsed).hasMatchedOption("--verbose");
    }

    private static ParseResult leaf(ParseResult parsed) {
        var leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        return leaf;
    }

    /** As the launcher reads it. */
    private static boolean isSet(@Nullable String variable) {
        return variable != null && variable.matches("1|true|yes|on");
    }
}
