package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.ModelList;
import dev.tandem.cli.report.ModelText;
import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.models.hub.HubSettings;
import dev.tandem.models.hub.ModelPull;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem model}: language models in folders. */
@Command(
        name = "model",
        description = "Fetch language models in Hugging Face's layout, and look at them.",
        subcommands = {
            ModelCommand.Pull.class,
            ModelCommand.ListAll.class,
            ModelCommand.Describe.class,
            ModelTestCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  tandem model pull Qwen/Qwen2.5-0.5B-Instruct",
            "  tandem model info models/Qwen2.5-0.5B-Instruct"
        })
public final class ModelCommand implements Callable<Integer> {
    @Mixin
    private final GroupOptions group = new GroupOptions();

    @Override
    public Integer call() {
        throw group.nothingSaid();
    }

    /** {@code tandem model pull}. */
    @Command(
            name = "pull",
            description = {
                "Fetch a model from a hub: what came in part is continued, every file is checked against its hash,",
                "and a model that is here is not asked for again. HF_TOKEN opens gated models, HF_ENDPOINT names a mirror."
            },
            footer = {
                "",
                "Examples:",
                "  tandem model pull Qwen/Qwen2.5-0.5B-Instruct",
                "  HF_ENDPOINT=https://mirror.example tandem model pull OWNER/NAME --revision v1 --out models/mine"
            })
    public static final class Pull implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "OWNER/NAME", description = "The model.")
        private String repository = "";

        @Option(names = "--revision", paramLabel = "NAME", description = "Branch, tag or commit (${DEFAULT-VALUE}).")
        private String revision = "main";

        @Option(names = "--out", paramLabel = "FOLDER", description = "Where it goes; models/NAME unless given.")
        private @Nullable Path out;

        public Pull(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var folder = out != null ? out : Path.of("models", repository.substring(repository.indexOf('/') + 1));
            var result = new ModelPull(HubSettings.of(System.getenv()))
                    .pull(repository, revision, folder, new TerminalProgress(terminal));
            terminal.out().println(common.json ? Json.pretty(ModelText.pulledJson(result)) : ModelText.pulled(result));
            return 0;
        }
    }

    /** {@code tandem model list}. */
    @Command(
            name = "list",
            description = "List the models in a folder.",
            footer = {"", "Example:", "  tandem model list models"})
    public static final class ListAll implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(
                paramLabel = "FOLDER",
                arity = "0..1",
                defaultValue = "models",
                description = "Where they lie (${DEFAULT-VALUE}).")
        private Path folder = Path.of("models");

        public ListAll(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var found = ModelList.in(folder);
            terminal.out().println(common.json ? Json.pretty(ModelList.json(found)) : ModelList.text(folder, found));
            return 0;
        }
    }

    /** {@code tandem model info}. */
    @Command(
            name = "info",
            description = "Show what a model is: family, size, context, and the memory that each way of tuning takes.",
            footer = {"", "Examples:", "  tandem model info models/Qwen2.5-0.5B-Instruct"})
    public static final class Describe implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "FOLDER", description = "The model's folder; starter for Tandem's own.")
        private Path folder = Path.of("");

        public Describe(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var model = ModelFolder.of(folder);
            var config = ConfigFile.read(model);
            terminal.out()
                    .println(common.json ? Json.pretty(ModelText.json(model, config)) : ModelText.of(model, config));
            return 0;
        }
    }
}
