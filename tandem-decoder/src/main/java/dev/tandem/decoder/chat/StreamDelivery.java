package dev.tandem.decoder.chat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.tandem.decoder.generation.Generator;
import java.util.function.Function;

/** A job's events to LangChain4j's handler, which hears nothing more once it has cancelled or thrown. */
record StreamDelivery(ChatJob job, StreamingChatResponseHandler handler) implements StreamingHandle {
    /** Delivers to the end, on the calling thread. */
    void deliver(Function<Generator.Generation, ChatResponse> whole) {
        var context = new PartialResponseContext(this);
        Generator.Generation generation;
        try {
            generation = job.read(text -> {
                if (!job.cancelled() && job.tools().isEmpty()) {
                    handler.onPartialResponse(new PartialResponse(text), context);
                }
            });
        } catch (RuntimeException | Error | InterruptedException e) {
            if (!job.cancelled()) {
                job.cancel();
                handler.onError(e);
            }
            return;
        }
        if (job.cancelled()) {
            return;
        }
        var response = whole.apply(generation);
        // Pieces of an answer that might be a call are no text for anybody to read.
        if (!job.tools().isEmpty() && !response.aiMessage().text().isEmpty()) {
            handler.onPartialResponse(new PartialResponse(response.aiMessage().text()), context);
        }
        if (!job.cancelled()) {
            handler.onCompleteResponse(response);
        }
    }

    @Override
    public void cancel() {
        job.cancel();
    }

    @Override
    public boolean isCancelled() {
        return job.cancelled();
    }
}
