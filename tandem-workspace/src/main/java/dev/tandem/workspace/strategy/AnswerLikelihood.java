package dev.tandem.workspace.strategy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.evaluation.strategy.AnswerPerplexity;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.training.Perplexity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The perplexity of expected answers behind the conversations that ask for them, measured as {@code tandem perplexity} does.
 *
 * @param model the folder of a whole model
 * @param adapter through which it is measured
 */
record AnswerLikelihood(Path model, Optional<Path> adapter, Placement placement, int contextTokens) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A logit of each token of the vocabulary for each counted token: few at once suffice for short answers. */
    private static final int AT_ONCE = 4;

    /** A conversation up to where the answer begins, and the answer. */
    record Asked(List<ChatMessage> turns, String answer) {}

    /** Measures; empty if nothing is asked. */
    Optional<AnswerPerplexity> of(List<Asked> asked, Progress progress) {
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        try {
            var file = Files.createTempFile("tandem-answers", ".jsonl");
            try {
                Files.write(file, lines(asked));
                var found = Perplexity.of(
                        model, adapter, file, placement, new Perplexity.Settings(AT_ONCE, contextTokens), progress);
                return Optional.of(new AnswerPerplexity(found.examples(), found.perToken(), found.perByte()));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot write a file for the expected answers (" + e + "): check the disk's free space.", e);
        }
    }

    private List<String> lines(List<Asked> asked) throws IOException {
        boolean chats;
        try (var tokenizer = Tokenizer.open(model)) {
            chats = tokenizer.chats();
        }
        var lines = new ArrayList<String>();
        for (var each : asked) {
            lines.add(JSON.writeValueAsString(chats ? chat(each) : completion(each)));
        }
        return lines;
    }

    /** Answers of earlier turns, such as examples, are read and not counted. */
    private static Map<String, Object> chat(Asked asked) {
        var messages = new ArrayList<Map<String, Object>>();
        for (var turn : asked.turns()) {
            messages.add(
                    turn instanceof AiMessage
                            ? Map.of("role", "assistant", "content", text(turn), "weight", 0)
                            : Map.of("role", turn instanceof SystemMessage ? "system" : "user", "content", text(turn)));
        }
        messages.add(Map.of("role", "assistant", "content", asked.answer()));
        return Map.of("messages", messages);
    }

    private static Map<String, Object> completion(Asked asked) {
        var prompt = asked.turns().stream().map(AnswerLikelihood::text).collect(Collectors.joining("\n\n"));
        return Map.of("prompt", prompt, "completion", asked.answer());
    }

    private static String text(ChatMessage turn) {
        return switch (turn) {
            case SystemMessage system -> system.text();
            case UserMessage user -> user.singleText();
            case AiMessage answer -> answer.text();
            default -> throw new IllegalArgumentException("Strategies ask in texts, not " + turn.type());
        };
    }
}
