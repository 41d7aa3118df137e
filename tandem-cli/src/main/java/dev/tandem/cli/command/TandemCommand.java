package dev.tandem.cli.command;

import dev.tandem.cli.console.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem}: what there is. */
@Command(
        name = "tandem",
        description = "Answers questions from your documents, with citations, on your own machine.",
        versionProvider = VersionCommand.Provider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            AuditCommand.class,
            InitCommand.class,
            IngestCommand.class,
            AskCommand.class,
            SearchCommand.class,
            StatusCommand.class,
            ServeCommand.class,
            McpCommand.class,
            KeyCommand.class,
            TrailCommand.class,
            MonitorCommand.class,
            TestSetCommand.class,
            EvaluateCommand.class,
            RunsCommand.class,
            ScoreCommand.class,
            JudgeCommand.class,
            AdviseCommand.class,
            CostCommand.class,
            CompareCommand.class,
            SweepCommand.class,
            StoreCommand.class,
            ModelCommand.class,
            DatasetCommand.class,
            TuneCommand.class,
            GenerateCommand.class,
            PerplexityCommand.class,
            AdapterCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        },
        footer = {
            "",
            "Example:",
            "  tandem init my-kb && tandem ingest ~/docs -w my-kb",
            "  tandem ask -w my-kb \"How many days of parental leave do I get?\"",
            "",
            "`tandem COMMAND --help` tells more of each. Exit codes: 0 done, 1 a failure that you can mend,",
            "2 wrong usage, 70 a bug, 130 interrupted."
        })
public final class TandemCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    public TandemCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(terminal.out());
        }
        return 0;
    }
}
