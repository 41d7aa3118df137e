package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSetFile;
import dev.tandem.foundation.MendableException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem testset drop}. */
@Command(
        name = "drop",
        description = "Take questions out of the test set.",
        footer = {"", "Examples:", "  tandem testset drop -w my-kb d-0a1b2c3d4e", "  tandem testset drop -w my-kb --all"
        })
public final class TestSetDropCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final TestSetOption testSet = new TestSetOption();

    @Parameters(paramLabel = "ID", arity = "0..*", description = "The questions.")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "All that are not reviewed yet.")
    private boolean all;

    public TestSetDropCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (all != ids.isEmpty()) {
            throw new MendableException("Name questions by their ids, or give --all; not both, and not none.");
        }
        var file = new TestSetFile(testSet.existing(workspace.find()));
        Set<String> chosen = all
                ? file.cases().stream()
                        .filter(testCase -> !testCase.reviewed())
                        .map(TestCase::id)
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : new LinkedHashSet<>(ids);
        file.drop(chosen);
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(Json.object("file", file.path(), "dropped", List.copyOf(chosen)))
                                : "Dropped " + chosen.size() + " questions of " + file.path() + ".");
        return 0;
    }
}
