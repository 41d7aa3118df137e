package dev.tandem.cli.command;

import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.AuditText;
import dev.tandem.foundation.page.Page;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.tuning.example.personal.PersonalKind;
import dev.tandem.workspace.audit.Audit;
import dev.tandem.workspace.audit.AuditPage;
import dev.tandem.workspace.settings.PassageSettings;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem audit}: what is in a folder. */
@Command(
        name = "audit",
        description = {
            "Look at a folder before anything is made of it: formats, sizes, languages, age, copies, files that cannot be read,",
            "personal data, and what embedding it would take. Nothing is kept, and nothing leaves the machine."
        },
        footer = {"", "Examples:", "  tandem audit ~/docs", "  tandem audit ~/docs --report audit.html --json"})
public final class AuditCommand implements Callable<Integer> {
    private static final int CANCELLED = 130;

    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "PATH", description = "The folder, or a file.")
    private Path path = Path.of("");

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page to look at, in one HTML file.")
    private @Nullable Path report;

    @Option(
            names = "--personal",
            paramLabel = "KINDS",
            converter = DatasetCheckCommand.Kinds.class,
            description =
                    "Personal data to find: direct (unless given: mail, phone, card, account, address, ...), all, none, or kinds with commas.")
    private Set<PersonalKind> personal = PersonalKind.directKinds();

    public AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var passages = PassageSettings.DEFAULTS;
        try (var encoder = OnnxTextEncoder.bundled();
                var interrupt = Interrupt.watch()) {
            var splitter = new PassageSplitter(
                    new PassageSplitter.Settings(passages.tokens(), passages.overlap()), encoder::countTokens);
            var found = new Audit(splitter, ReadingLimits.DEFAULT, personal)
                    .of(path, System.currentTimeMillis(), new TerminalProgress(terminal), interrupt::asked);
            if (found.isEmpty()) {
                terminal.remark("Stopped.");
                return CANCELLED;
            }
            if (report != null) {
                Page.write(report, AuditPage.of(found.get()));
            }
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(AuditText.json(found.get()))
                                    : AuditText.of(found.get(), terminal));
            if (report != null && !common.json) {
                terminal.out().println("\nTo look at: " + report);
            }
            return 0;
        }
    }
}
