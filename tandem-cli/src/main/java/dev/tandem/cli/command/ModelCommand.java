package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.ModelText;
import dev.tandem.decoder.model.ConfigFile;
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

/** {@code tandem model}: language models in folders. */
@Command(
        name = "model",
        description = "Look at language models in Hugging Face's layout.",
        subcommands = ModelCommand.Describe.class,
        footer = {"", "Example:", "  tandem model info models/Qwen2.5-0.5B-Instruct"})
public final class ModelCommand implements Callable<Integer> {
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
                spec == null ? new CommandLine(this) : spec.commandLine(), "Say what to do: tandem model info FOLDER");
    }

    /** {@code tandem model info}. */
    @Command(
            name = "info",
            description = "Show what a model is: family, size, context, and the memory that each way of tuning takes.",
            footer = {"", "Example:", "  tandem model info models/Qwen2.5-0.5B-Instruct"})
    public static final class Describe implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "FOLDER", description = "The model's folder.")
        private Path folder = Path.of("");

        public Describe(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var config = ConfigFile.read(folder);
            terminal.out()
                    .println(common.json ? Json.pretty(ModelText.json(folder, config)) : ModelText.of(folder, config));
            return 0;
        }
    }
}
