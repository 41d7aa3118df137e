package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.SearchText;
import dev.tandem.workspace.OpenWorkspace;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem search}: the passages nearest to a question. */
@Command(
        name = "search",
        description = "Show the passages that a question finds, best first.",
        footer = {"", "Example:", "  tandem search -w my-kb --k 10 \"parental leave\""})
public final class SearchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final FilterOption filter = new FilterOption();

    @Mixin
    private final RetrievalOptions retrieval = new RetrievalOptions();

    @Parameters(paramLabel = "QUESTION", arity = "1..*", description = "What to look for.")
    private List<String> words = List.of();

    @Option(
            names = "--k",
            paramLabel = "COUNT",
            description = "How many passages; retrieval.k in tandem.yaml unless given.")
    private @Nullable Integer k;

    public SearchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var question = Question.of(words);
        var found = workspace.find();
        int count = Question.count(k == null ? found.settings().retrieval().k() : k);
        try (var open = new OpenWorkspace(retrieval.applied(found))) {
            var result = open.retriever().retrieve(question, count, filter.parse());
            terminal.out()
                    .println(common.json ? Json.pretty(SearchText.json(result)) : SearchText.of(result, terminal));
            return 0;
        }
    }
}
