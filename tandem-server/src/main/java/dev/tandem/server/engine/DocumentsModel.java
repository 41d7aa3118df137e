package dev.tandem.server.engine;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.answering.answer.Answer;
import dev.tandem.answering.answer.Answerer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Answers from the documents, as {@code tandem ask} does. */
final class DocumentsModel implements ServedModel {
    static final String ID = "tandem/rag";

    private final Supplier<Answerer> answerer;
    private final ToIntFunction<String> countTokens;

    /** @param countTokens stands in for a language model's count where there is none */
    DocumentsModel(Supplier<Answerer> answerer, ToIntFunction<String> countTokens) {
        this.answerer = answerer;
        this.countTokens = countTokens;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String owner() {
        return "tandem";
    }

    @Override
    public boolean retrieves() {
        return true;
    }

    @Override
    public Reply reply(Conversation conversation, Consumer<String> partial) {
        var answer = answer(conversation, partial);
        return new Reply(
                answer.text(),
                answer.abstained(),
                answer.citations(),
                answer.unsupported(),
                answer.retrieved(),
                List.of(),
                Reply.Ending.STOP,
                conversation.messages().stream()
                        .mapToInt(message -> countTokens.applyAsInt(text(message)))
                        .sum(),
                countTokens.applyAsInt(answer.text()),
                answer.timings());
    }

    private Answer answer(Conversation conversation, Consumer<String> partial) {
        return answerer.get().answer(conversation.question(), conversation.turns(), conversation.filter(), partial);
    }

    private static String text(ChatMessage message) {
        return switch (message) {
            case UserMessage user -> user.hasSingleText() ? user.singleText() : "";
            case AiMessage answer -> answer.text() == null ? "" : answer.text();
            case SystemMessage system -> system.text();
            default -> "";
        };
    }
}
