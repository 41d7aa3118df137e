package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.AdapterText;
import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.adapter.Merge;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem adapter}: adapters in Hugging Face PEFT's format. */
@Command(
        name = "adapter",
        description = "Look at adapters in PEFT's format, and merge them into their bases.",
        subcommands = {AdapterCommand.Show.class, AdapterCommand.MergeInto.class},
        footer = {"", "Example:", "  tandem adapter show adapters/voice"})
public final class AdapterCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec == null ? new CommandLine(this) : spec.commandLine(),
                "Say what to do: tandem adapter show, or merge");
    }

    /** {@code tandem adapter show}. */
    @Command(
            name = "show",
            description = "Show what an adapter is and what it was trained from.",
            footer = {"", "Example:", "  tandem adapter show adapters/voice"})
    public static final class Show implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "FOLDER", description = "The adapter's folder.")
        private Path folder = Path.of("");

        public Show(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var shown = AdapterText.json(folder, Adapter.describe(folder));
            terminal.out().println(common.json ? Json.pretty(shown) : AdapterText.of(shown));
            return 0;
        }
    }

    /** {@code tandem adapter merge}. */
    @Command(
            name = "merge",
            description = "Put an adapter's updates into its base's weights, as a model folder of its own.",
            footer = {
                "",
                "Example:",
                "  tandem adapter merge --base models/qwen --adapter adapters/voice --out models/voice"
            })
    public static final class MergeInto implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Option(names = "--base", paramLabel = "FOLDER", required = true, description = "The model's folder.")
        private Path base = Path.of("");

        @Option(names = "--adapter", paramLabel = "FOLDER", required = true, description = "The adapter's folder.")
        private Path adapter = Path.of("");

        @Option(names = "--out", paramLabel = "FOLDER", required = true, description = "Where the merged model goes.")
        private Path out = Path.of("");

        public MergeInto(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            Merge.write(base, adapter, out);
            terminal.out()
                    .println(
                            common.json ? Json.pretty(Json.object("out", out)) : "The merged model is in " + out + ".");
            return 0;
        }
    }
}
