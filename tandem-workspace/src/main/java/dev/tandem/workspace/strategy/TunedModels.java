package dev.tandem.workspace.strategy;

import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.training.RunHistory;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tuned models that a workspace knows without being told. */
public final class TunedModels {
    private static final String RECORD = "tandem.json";

    private TunedModels() {}

    /**
     * The folder of the one to use: the adapter that tandem.yaml puts on the model, else the newest tuning of {@code base} in the
     * workspace's {@code adapters/} that came to its end.
     *
     * @throws MendableException if {@code adapters/} cannot be read
     */
    public static Optional<Path> of(Workspace workspace, Path base) {
        return workspace
                .settings()
                .model()
                .adapter()
                .map(workspace::resolve)
                .or(() -> newest(workspace.folder().resolve("adapters"), base));
    }

    /** The examples that a tuning learned from, if they are still what they were. */
    public static Optional<Path> training(Path tuned) {
        return Files.isRegularFile(tuned.resolve(RECORD))
                ? Optional.of(RunHistory.of(tuned))
                        .filter(RunHistory::hasItsData)
                        .map(run -> run.job().training())
                : Optional.empty();
    }

    private static Optional<Path> newest(Path folder, Path base) {
        return folders(folder).stream()
                .filter(each -> Files.isRegularFile(each.resolve(RECORD)))
                .filter(each -> isOf(each, base))
                .max(Comparator.comparing(TunedModels::changed));
    }

    private static boolean isOf(Path tuned, Path base) {
        var run = RunHistory.of(tuned);
        try {
            return run.ending().isPresent()
                    && Files.isDirectory(run.job().base())
                    && Files.isSameFile(run.job().base(), base);
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> each = Files.list(folder)) {
            return each.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static FileTime changed(Path tuned) {
        try {
            return Files.getLastModifiedTime(tuned.resolve(RECORD));
        } catch (IOException e) {
            throw unreadable(tuned, e);
        }
    }

    private static MendableException unreadable(Path folder, IOException e) {
        return new MendableException(
                "Cannot read " + folder + " (" + e + "): name the tuned model with --adapter FOLDER.", e);
    }
}
