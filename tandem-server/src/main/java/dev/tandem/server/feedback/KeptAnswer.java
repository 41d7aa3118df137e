package dev.tandem.server.feedback;

import dev.tandem.server.http.Description;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer with its whole context, as feedback on it is understood by.
 *
 * @param id as the caller was told
 * @param caller whose it was, by the name of the key
 * @param messages what was asked, what was said before included
 * @param configuration the settings that it was made under, by their names in tandem.yaml
 */
@Description("An answer with what it was asked, found and made by.")
public record KeptAnswer(
        String id,
        Instant time,
        String caller,
        String model,
        List<Message> messages,
        String answer,
        boolean declined,
        List<Source> sources,
        List<Passage> passages,
        Map<String, String> configuration,
        double milliseconds) {
    public KeptAnswer {
        messages = List.copyOf(messages);
        sources = List.copyOf(sources);
        passages = List.copyOf(passages);
        configuration = Map.copyOf(configuration);
    }

    /** Something that was said. */
    public record Message(String role, String content) {}

    /** A citation. */
    public record Source(int number, String document, String location, String quote, String passage) {}

    /** A passage that was found, best first. */
    public record Passage(String passage, String document, double score) {}

    /** What was asked: the last message of the user. */
    public Optional<String> question() {
        return messages.reversed().stream()
                .filter(message -> message.role().equals("user"))
                .map(Message::content)
                .findFirst();
    }
}
