package dev.tandem.decoder.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.tandem.decoder.model.TinyModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Copies of the tiny model with other settings, and a handler that remembers. */
final class TinyChat {
    static final String MODEL = "qwen2";

    private static final ObjectMapper JSON = new ObjectMapper();

    private TinyChat() {}

    static Path adapter(String name) {
        return Path.of("src/test/resources/adapters").resolve(name);
    }

    /** The tiny model, which also names its tokenizer's settings anew. */
    static Path with(Path folder, Consumer<ObjectNode> config, Consumer<ObjectNode> tokenizer) throws IOException {
        var copy = Files.createDirectory(folder.resolve(MODEL));
        try (var files = Files.list(TinyModels.folder(MODEL))) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        edit(copy.resolve("config.json"), config);
        edit(copy.resolve("tokenizer_config.json"), tokenizer);
        return copy;
    }

    /** A model that never ends an answer by itself and has room for answers that take minutes. */
    static Path endless(Path folder) throws IOException {
        var copy = with(
                folder,
                config -> config.put("max_position_embeddings", 1_000_000).remove("eos_token_id"),
                tokenizer -> tokenizer.remove("eos_token"));
        Files.delete(copy.resolve("generation_config.json"));
        return copy;
    }

    private static void edit(Path file, Consumer<ObjectNode> change) throws IOException {
        var node = (ObjectNode) JSON.readTree(file.toFile());
        change.accept(node);
        JSON.writeValue(file.toFile(), node);
    }

    /** Remembers what it is told. */
    static final class Listener implements StreamingChatResponseHandler {
        final StringBuilder pieces = new StringBuilder();
        final CompletableFuture<StreamingHandle> begun = new CompletableFuture<>();
        final CompletableFuture<ChatResponse> ended = new CompletableFuture<>();

        @Override
        public void onPartialResponse(PartialResponse response, PartialResponseContext context) {
            pieces.append(response.text());
            begun.complete(context.streamingHandle());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            ended.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }
    }
}
