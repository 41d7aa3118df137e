package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.AdapterList;
import dev.tandem.cli.report.AdapterText;
import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.adapter.GgufAdapter;
import dev.tandem.decoder.adapter.Merge;
import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.report.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem adapter}: adapters in Hugging Face PEFT's format. */
@Command(
        name = "adapter",
        description = "Look at adapters in PEFT's format, merge them into their bases, and hand them to other servers.",
        subcommands = {
            AdapterCommand.ListAll.class,
            AdapterCommand.Show.class,
            AdapterCommand.MergeInto.class,
            AdapterCommand.Export.class
        },
        footer = {"", "Example:", "  tandem adapter show adapters/voice"})
public final class AdapterCommand implements Callable<Integer> {
    @Mixin
    private final GroupOptions group = new GroupOptions();

    @Override
    public Integer call() {
        throw group.nothingSaid();
    }

    /** {@code tandem adapter list}. */
    @Command(
            name = "list",
            description = "List the adapters in a folder, newest first, with what they gained.",
            footer = {"", "Example:", "  tandem adapter list adapters"})
    public static final class ListAll implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(
                paramLabel = "FOLDER",
                arity = "0..1",
                defaultValue = "adapters",
                description = "Where they lie (${DEFAULT-VALUE}).")
        private Path folder = Path.of("adapters");

        public ListAll(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var found = AdapterList.in(folder);
            terminal.out()
                    .println(common.json ? Json.pretty(AdapterList.json(found)) : AdapterList.text(folder, found));
            return 0;
        }
    }

    /** {@code tandem adapter show}. */
    @Command(
            name = "show",
            description = {
                "Show what an adapter is and what it was trained from.",
                "With --report, any folder that tandem tune made will do, a fully tuned model's or an unfinished run's too."
            },
            footer = {
                "",
                "Examples:",
                "  tandem adapter show adapters/voice",
                "  tandem adapter show adapters/voice --report report.html"
            })
    public static final class Show implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "FOLDER", description = "The adapter's folder.")
        private Path folder = Path.of("");

        @Option(
                names = "--report",
                paramLabel = "FILE",
                description = "Write the page of its training, as tandem tune --report does.")
        private @Nullable Path report;

        public Show(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            if (report != null) {
                RunReport.write(folder, report, new TerminalProgress(terminal));
            }
            var shown = report != null && !Files.exists(folder.resolve("adapter_config.json"))
                    ? Json.object("run", folder)
                    : AdapterText.json(folder, Adapter.describe(folder));
            if (report != null) {
                shown.put("report", report);
            }
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

        @Option(
                names = "--base",
                paramLabel = "FOLDER",
                required = true,
                description = "The model's folder, or starter.")
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
            Merge.write(ModelFolder.of(base), adapter, out);
            terminal.out()
                    .println(
                            common.json ? Json.pretty(Json.object("out", out)) : "The merged model is in " + out + ".");
            return 0;
        }
    }

    /** {@code tandem adapter export}. */
    @Command(
            name = "export",
            description = {
                "Write an adapter for another server: gguf for llama.cpp and Ollama, peft for vLLM and transformers.",
                "A GGUF file needs the base's config.json, from --base or from where the adapter says its base is."
            },
            footer = {
                "",
                "Examples:",
                "  tandem adapter export adapters/voice --format gguf --out voice.gguf",
                "  tandem adapter export adapters/voice --format peft --base-name Qwen/Qwen2.5-0.5B-Instruct --out voice"
            })
    public static final class Export implements Callable<Integer> {
        private final Terminal terminal;

        /** What is written. */
        enum Format {
            GGUF,
            PEFT
        }

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "FOLDER", description = "The adapter's folder.")
        private Path folder = Path.of("");

        @Option(names = "--format", paramLabel = "NAME", required = true, description = "gguf or peft.")
        private Format format = Format.GGUF;

        @Option(names = "--base", paramLabel = "FOLDER", description = "The base's folder, for gguf.")
        private @Nullable Path base;

        @Option(
                names = "--base-name",
                paramLabel = "NAME",
                description = "What adapter_config.json calls the base, for peft.")
        private @Nullable String baseName;

        @Option(
                names = "--out",
                paramLabel = "PATH",
                required = true,
                description = "The file (gguf) or new folder (peft).")
        private Path out = Path.of("");

        public Export(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            switch (format) {
                case GGUF -> {
                    var named = Adapter.describe(folder).base();
                    var shape = base != null ? ModelFolder.of(base) : Path.of(named);
                    if (base == null && (named.isEmpty() || !Files.isDirectory(shape))) {
                        throw new MendableException(
                                "The adapter's base \"" + named + "\" is no folder here: name it with --base.");
                    }
                    GgufAdapter.write(folder, ConfigFile.read(shape), out);
                }
                case PEFT -> Adapter.copy(folder, out, Optional.ofNullable(baseName));
            }
            terminal.out()
                    .println(common.json ? Json.pretty(Json.object("out", out)) : "The adapter is in " + out + ".");
            return 0;
        }
    }
}
