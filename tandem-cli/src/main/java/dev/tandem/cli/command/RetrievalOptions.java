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

    /** The workspace with what was given in place of its settings. */
    Workspace applied(Workspace workspace) {
        if (hops == null) {
            return workspace;
        }
        if (hops < 0 || hops > MOST_HOPS) {
            throw new MendableException("--hops must be from 0 to " + MOST_HOPS + ", not " + hops + ".");
        }
        var settings = workspace.settings();
        return new Workspace(
                workspace.folder(), settings.withRetrieval(settings.retrieval().withHops(hops)));
    }
}
