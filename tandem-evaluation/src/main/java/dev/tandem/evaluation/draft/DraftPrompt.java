package dev.tandem.evaluation.draft;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.Passage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** What a language model is told to draft questions; a changed wording gets a new name. */
final class DraftPrompt {
    /** The wording's name. */
    static final String NAME = "draft-v1";

    private final String system;
    private final String user;

    private DraftPrompt(String system, String user) {
        this.system = system;
        this.user = user;
    }

    static DraftPrompt shipped() {
        try (var in = Objects.requireNonNull(DraftPrompt.class.getResourceAsStream(NAME + ".md"))) {
            var parts = new String(in.readAllBytes(), UTF_8).split("--- user\n", -1);
            return new DraftPrompt(parts[0].replaceFirst("^--- system\n", "").strip(), parts[1].strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The messages for a passage, its text fenced off by a word that it does not hold. */
    List<ChatMessage> messages(Passage passage, int count, Random random) {
        var bytes = new byte[6];
        random.nextBytes(bytes);
        var boundary = HexFormat.of().formatHex(bytes);
        var text = Context.written(passage).replace(boundary, "");
        return List.of(
                SystemMessage.from(
                        system.replace("{{count}}", Integer.toString(count)).replace("{{boundary}}", boundary)),
                UserMessage.from(user.replace("{{boundary}}", boundary).replace("{{passage}}", text)));
    }
}
