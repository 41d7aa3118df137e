package dev.tandem.workspace;

import dev.langchain4j.model.chat.ChatModel;
import dev.tandem.answering.context.KeptLines;
import dev.tandem.answering.context.ModelContextLines;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.ingest.ContextLines;
import dev.tandem.workspace.settings.PassageSettings.ContextSource;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The lines above passages as the settings want them. */
final class ConfiguredContextLines {
    /** Characters of a document that the model is shown at most: some eight pages. */
    private static final int MOST_ROOM = 12_000;

    private static final int LEAST_ROOM = 500;
    private static final int CHARACTERS_A_TOKEN = 3;

    private ConfiguredContextLines() {}

    /**
     * What writes them.
     *
     * @param model is asked for only if a model writes them
     */
    static ContextLines open(Workspace workspace, Supplier<ChatModel> model) {
        if (workspace.settings().passages().context() == ContextSource.HEADINGS) {
            return ContextLines.NONE;
        }
        var settings = workspace.settings().model();
        // Half of what the model reads at once: the passage itself and the instructions need room too.
        int room = CHARACTERS_A_TOKEN * (settings.contextTokens() - settings.maxOutputTokens()) / 2;
        return new ModelContextLines(
                model.get(),
                name(workspace),
                new KeptLines(workspace.contextLinesFile()),
                Math.clamp(room, LEAST_ROOM, MOST_ROOM));
    }

    /** What the index's description says of them. */
    static String describe(Workspace workspace) {
        return workspace.settings().passages().context() == ContextSource.HEADINGS
                ? ""
                : ModelContextLines.describe(name(workspace));
    }

    private static String name(Workspace workspace) {
        return workspace.settings().model().name().orElse("");
    }

    /** Forgets what models wrote of documents that are gone, whatever the settings are now. */
    static void retain(Workspace workspace, List<IndexedDocument> documents) {
        if (Files.exists(workspace.contextLinesFile())) {
            new KeptLines(workspace.contextLinesFile())
                    .retain(documents.stream().map(IndexedDocument::path).collect(Collectors.toSet()));
        }
    }

    /**
     * Checks that a passage under its line is read as a whole.
     *
     * @throws MendableException if it would be cut
     */
    static void requireRoom(Workspace workspace, int encoderTokens, String encoder) {
        var passages = workspace.settings().passages();
        int most =
                encoderTokens - (passages.context() == ContextSource.MODEL ? ModelContextLines.LONGEST_LINE_TOKENS : 0);
        if (passages.tokens() > most) {
            throw new MendableException("passages.tokens is " + passages.tokens() + " in tandem.yaml, but " + encoder
                    + " reads at most " + encoderTokens + " tokens"
                    + (most < encoderTokens
                            ? ", of which the line that passages.context: model asks for takes up to "
                                    + ModelContextLines.LONGEST_LINE_TOKENS
                            : "")
                    + ": lower it to " + most + ".");
        }
    }
}
