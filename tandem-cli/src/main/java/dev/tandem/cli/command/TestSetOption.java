package dev.tandem.cli.command;

import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which test set a command works on. */
final class TestSetOption {
    /** A workspace's test set, unless another is named. */
    static final String DEFAULT = "testset.jsonl";

    @Option(
            names = "--test-set",
            paramLabel = "FILE",
            description = "The test set; without it, " + DEFAULT + " in the workspace.")
    @Nullable
    Path file;

    Path in(Workspace workspace) {
        return file == null ? workspace.folder().resolve(DEFAULT) : file;
    }

    /** The same, which must be there. */
    Path existing(Workspace workspace) {
        var path = in(workspace);
        if (!Files.exists(path)) {
            throw new MendableException("There is no test set at " + path
                    + ": draft one with `tandem testset draft`, or name a file with --test-set.");
        }
        return path;
    }
}
