package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.GateText;
import dev.tandem.tuning.example.gate.GateRun;
import dev.tandem.tuning.example.gate.GateSettings;
import dev.tandem.tuning.example.personal.PersonalKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code tandem dataset check}: the data quality gate. */
@Command(
        name = "check",
        description = {
            "Look at training examples before anything is tuned on them: duplicates, empty, cut and boilerplate answers,",
            "contradictions, odd lengths and languages, personal data, abuse, imbalance; and what they give away of a test set.",
            "Exit code 1 if they give anything away, unless --allow-leakage. docs/data.md explains what is found, and what not."
        },
        footer = {
            "",
            "Examples:",
            "  tandem dataset check train.jsonl --report report.html",
            "  tandem dataset check train.jsonl --against test.jsonl --model models/qwen --fix clean.jsonl"
        })
public final class DatasetCheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final TextFileOptions text = new TextFileOptions();

    @Parameters(paramLabel = "FILE", description = "The examples to train on.")
    private Path file = Path.of("");

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Test examples of which nothing may be given away; may be given often.")
    private List<Path> against = new ArrayList<>();

    @Option(
            names = "--documents",
            paramLabel = "FOLDER",
            description = "Texts to train on beside the examples, searched for those of --against.")
    private @Nullable Path documents;

    @Option(names = "--allow-leakage", description = "Exit code 0 even if something is given away.")
    private boolean allowLeakage;

    @Option(names = "--model", paramLabel = "FOLDER", description = "Its context must hold each example.")
    private @Nullable Path model;

    @Option(
            names = "--near",
            paramLabel = "X",
            description = "Similarity of near duplicates, from 0.4 to 1 (${DEFAULT-VALUE}).")
    private double near = GateSettings.DEFAULTS.nearDuplicate();

    @Option(
            names = "--personal",
            paramLabel = "KINDS",
            converter = Kinds.class,
            description =
                    "Personal data to find and redact: direct (unless given: mail, phone, card, account, address, ...), all, none, or kinds with commas.")
    private Set<PersonalKind> personal = PersonalKind.directKinds();

    @Option(names = "--fix", paramLabel = "FILE", description = "Write a copy without what can be mended.")
    private @Nullable Path fix;

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page to look at, in one HTML file.")
    private @Nullable Path report;

    @Option(names = "--force", description = "Replace files that are there.")
    private boolean force;

    public DatasetCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var run = new GateRun(
                file,
                against,
                Optional.ofNullable(documents),
                Optional.ofNullable(model),
                Math.clamp(near, 0.4, 1),
                personal,
                text.options(),
                Optional.ofNullable(fix),
                Optional.ofNullable(report),
                force);
        var result = run.run(new TerminalProgress(terminal));
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(GateText.json(result.report(), result.copy()))
                                : GateText.of(result.report(), result.copy(), terminal));
        return result.report().leaks() && !allowLeakage ? Failure.MENDABLE : 0;
    }

    /** Kinds by name. */
    static final class Kinds implements ITypeConverter<Set<PersonalKind>> {
        @Override
        public Set<PersonalKind> convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "direct" -> PersonalKind.directKinds();
                case "all" -> EnumSet.allOf(PersonalKind.class);
                case "none" -> Set.of();
                default -> {
                    var kinds = EnumSet.noneOf(PersonalKind.class);
                    for (var name : value.split(",", -1)) {
                        kinds.add(PersonalKind.named(name)
                                .orElseThrow(
                                        () -> new TypeConversionException("'" + name + "' is no kind of personal data ("
                                                + EnumSet.allOf(PersonalKind.class) + ")")));
                    }
                    yield kinds;
                }
            };
        }
    }
}
