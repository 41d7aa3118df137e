package dev.tandem.cli.evaluate;

import dev.langchain4j.model.chat.ChatModel;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.chat.ChatModelSettings;
import dev.tandem.models.chat.ChatModels;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The language model that judges, and the embedding model that compares questions for it. Owns both.
 *
 * @param name as it is recorded beside scores
 */
public record JudgingModel(ChatModel chat, String name, TextEncoder encoder, AutoCloseable owner)
        implements AutoCloseable {
    /** Longest reply: verdicts on twenty claims with a reason each. */
    private static final int OUTPUT_TOKENS = 4_096;

    /** The server knows its own limit, and says so when a prompt is beyond it. */
    private static final int CONTEXT_TOKENS = 10_000_000;

    /** The judge's own time-out comes first and says which option raises it. */
    private static final Duration LATER = Duration.ofSeconds(5);

    /**
     * One of a server that speaks OpenAI's chat completions.
     *
     * @param keyVariable the environment variable that holds the key; empty where the server asks for none
     */
    public static JudgingModel at(String url, String name, String keyVariable, Duration timeout) {
        var chat = ChatModels.open(new ChatModelSettings(
                        ChatModelSettings.Provider.OPENAI_COMPATIBLE,
                        url,
                        name,
                        keyVariable,
                        0,
                        OUTPUT_TOKENS,
                        CONTEXT_TOKENS,
                        timeout.plus(LATER),
                        Map.of()))
                .chat();
        var encoder = OnnxTextEncoder.bundled();
        return new JudgingModel(chat, name, encoder, encoder);
    }

    /** A workspace's. */
    public static JudgingModel of(Workspace workspace) {
        var open = new OpenWorkspace(workspace);
        try {
            var chat = open.chatModel();
            var model = workspace.settings().model();
            var name = model.name().orElse("unnamed");
            var last = Path.of(name).getFileName();
            boolean here = workspace.resolve(name).toFile().isDirectory();
            return new JudgingModel(chat, here && last != null ? last.toString() : name, open.encoder(), open);
        } catch (RuntimeException | Error e) {
            open.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            owner.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MendableException("The model could not be closed: " + e.getMessage() + ".", e);
        }
    }
}
