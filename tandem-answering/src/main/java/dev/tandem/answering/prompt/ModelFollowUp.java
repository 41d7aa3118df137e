package dev.tandem.answering.prompt;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.retrieval.FollowUp;
import dev.tandem.knowledge.retrieval.Hop;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks a language model what to look for next, by the versioned prompt {@value #NAME}. The model sees the beginnings of the
 * best passages, fenced as data, and answers with a query or that nothing is missing. A reply that is no query (empty, too
 * long, tried before) ends the looking. Failures of the model are its own exceptions. Safe for use by many threads if the
 * model is.
 */
public final class ModelFollowUp implements FollowUp {
    /** The prompt's name; a changed wording gets a new one. */
    public static final String NAME = "follow-up-v1";

    /** What the model writes when nothing is missing. */
    static final String ENOUGH = "ENOUGH";

    private static final int PASSAGES = 5;
    private static final int CHARACTERS = 800;
    private static final int LONGEST_QUERY = 300;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern THOUGHT = Pattern.compile("(?s)<think>.*?(?:</think>|$)");

    private final ChatModel model;
    private final String system;
    private final String user;

    public ModelFollowUp(ChatModel model) {
        this.model = model;
        var parts = shipped().split("--- (?:system|user)\n", -1);
        this.system = parts[1].strip();
        this.user = parts[2].strip();
    }

    @Override
    public Optional<Query> next(String question, List<RetrievedPassage> found, List<Hop> before, Filter filter) {
        var passages = found.stream()
                .limit(PASSAGES)
                .map(passage -> UntrustedText.line(passage.passage().title(), LONGEST_QUERY) + "\n"
                        + UntrustedText.neutral(beginning(passage.passage().text())))
                .toList();
        var boundary = PromptBuilder.boundary(question, List.of(), found);
        var values = Map.of(
                "enough",
                ENOUGH,
                "boundary",
                boundary,
                "question",
                UntrustedText.neutral(question.strip()),
                "tried",
                before.isEmpty()
                        ? "(the question itself)"
                        : before.stream().map(Hop::query).collect(Collectors.joining("\n")),
                "passages",
                passages.stream()
                        .map(text -> "<<" + boundary + "\n" + text + "\n" + boundary + ">>")
                        .collect(Collectors.joining("\n\n")));
        var reply = model.chat(ChatRequest.builder()
                        .messages(SystemMessage.from(fill(system, values)), UserMessage.from(fill(user, values)))
                        .build())
                .aiMessage()
                .text();
        return query(reply == null ? "" : reply, question, before);
    }

    private static Optional<Query> query(String reply, String question, List<Hop> before) {
        var text = THOUGHT.matcher(reply).replaceAll("").strip().replaceAll("^[\"']|[\"']$", "");
        boolean tried = text.equalsIgnoreCase(question.strip())
                || before.stream().anyMatch(hop -> hop.query().equalsIgnoreCase(text));
        if (text.isEmpty() || text.contains(ENOUGH) || text.length() > LONGEST_QUERY || text.contains("\n") || tried) {
            return Optional.empty();
        }
        return Optional.of(new Query(text, "The language model asked for it (" + NAME + ").", true));
    }

    private static String beginning(String text) {
        return text.length() <= CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, CHARACTERS)));
    }

    private static String fill(String part, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(part)
                .replaceAll(found -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(found.group(1)))));
    }

    private static String shipped() {
        try (var in = Objects.requireNonNull(ModelFollowUp.class.getResourceAsStream(NAME + ".md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
