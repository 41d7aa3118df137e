package dev.tandem.cli.command;

import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command says of retrieval otherwise than tandem.yaml. */
final class RetrievalOptions {
    private static final int MOST_HOPS = 4;

    @Option(
            names = "--hops",
            paramLabel = "COUNT",
            description = "How often is looked again for what is lacking; retrieval.hops in tandem.yaml unless given.")
    private @Nullable Integer hops;

    @Option(
            names = "--filters-from-question",
            negatable = true,
            description = "Search only the documents that the question names, as in \"in the 2024 travel policy\";"
                    + " retrieval.filters_from_question in tandem.yaml unless given.")
    private @Nullable Boolean filtersFromQuestion;

    /** The workspace with what was given in place of its settings. */
    Workspace applied(Workspace workspace) {
        var settings = workspace.settings();
        var retrieval = settings.retrieval();
        if (hops != null) {
            if (hops < 0 || hops > MOST_HOPS) {
                throw new MendableException("--hops must be from 0 to " + MOST_HOPS + ", not " + hops + ".");
            }
            retrieval = retrieval.withHops(hops);
        }
        if (filtersFromQuestion != null) {
            retrieval = retrieval.withFiltersFromQuestion(filtersFromQuestion);
        }
        return new Workspace(workspace.folder(), settings.withRetrieval(retrieval));
    }
}
