package dev.tandem.server.openai;

import dev.tandem.answering.citation.Citation;
import dev.tandem.server.access.Role;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Conversation;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.engine.Reply;
import dev.tandem.server.engine.ServedModel;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.EventStream;
import dev.tandem.server.http.JsonBodies;
import dev.tandem.server.http.Requests;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code POST /v1/chat/completions}: any model by its name, at once or piece by piece. */
public final class ChatCompletions {
    private static final Pattern MARK = Pattern.compile("\\[(\\d{1,4})]");

    private final Engine engine;
    private final Turns turns;
    private final AnswerListener listener;
    private final Clock clock;
    private final int maxQuestion;

    public ChatCompletions(Engine engine, Turns turns, AnswerListener listener, Clock clock, int maxQuestion) {
        this.engine = engine;
        this.turns = turns;
        this.listener = listener;
        this.clock = clock;
        this.maxQuestion = maxQuestion;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.post("/v1/chat/completions")
                .needs(Role.ASK)
                .does("Chat", "Answer a conversation, with sources where the model retrieves.")
                .takes(ChatRequest.class)
                .gives(ChatCompletion.class)
                .streams(ChatCompletion.Chunk.class)
                .by(this::complete));
    }

    private void complete(Context context) {
        var request = Requests.body(context, ChatRequest.class);
        var conversation = ChatMessages.conversation(request, maxQuestion, Requests.caller(context));
        var model = engine.model(request.model())
                .orElseThrow(() -> ApiError.unknown(
                        "The model '" + request.model() + "' does not exist; there are: "
                                + engine.models().stream().map(ServedModel::id).collect(Collectors.joining(", "))
                                + ".",
                        "model_not_found"));
        if (model.retrieves()) {
            conversation.question();
        }
        var id = "chatcmpl-" + UUID.randomUUID();
        var created = clock.instant().getEpochSecond();
        var asked = new AnswerListener.Asked(id, context, model, conversation, request.streams(), System.nanoTime());
        listener.began(asked);
        try {
            if (request.streams()) {
                var pieces = new Pieces(id, created, model.id());
                EventStream.send(
                        context,
                        send -> stream(asked, request, pieces, send),
                        failure -> JsonBodies.text(Api.of(failure).body()));
            } else {
                Api.reply(context, whole(id, created, model.id(), reply(asked, piece -> {})));
            }
        } finally {
            listener.ended(asked);
        }
    }

    /** Answers for another protocol, told to the same listeners. */
    public Reply answer(Context context, ServedModel model, Conversation conversation) {
        var asked = new AnswerListener.Asked(
                "chatcmpl-" + UUID.randomUUID(), context, model, conversation, false, System.nanoTime());
        listener.began(asked);
        try {
            return reply(asked, piece -> {});
        } finally {
            listener.ended(asked);
        }
    }

    private Reply reply(AnswerListener.Asked asked, Consumer<String> partial) {
        var silent = new AtomicBoolean(true);
        try {
            var reply = turns.take(() -> asked.model().reply(asked.conversation(), piece -> {
                if (silent.getAndSet(false)) {
                    listener.firstPiece(asked);
                }
                partial.accept(piece);
            }));
            listener.answered(asked.id(), asked.context(), asked.model(), asked.conversation(), reply);
            return reply;
        } catch (RuntimeException | Error e) {
            listener.failed(asked, e);
            throw e;
        }
    }

    private void stream(AnswerListener.Asked asked, ChatRequest request, Pieces pieces, Consumer<String> send) {
        send.accept(pieces.first());
        var sent = new StringBuilder();
        var reply = reply(asked, piece -> {
            sent.append(piece);
            send.accept(pieces.text(piece));
        });
        // What was streamed is provisional: marks are checked once the text is whole. A text that only grew is
        // completed.
        if (reply.text().startsWith(sent.toString()) && reply.text().length() > sent.length()) {
            send.accept(pieces.text(reply.text().substring(sent.length())));
        }
        send.accept(pieces.last(reply));
        if (request.includesUsage()) {
            send.accept(pieces.usage(reply));
        }
        send.accept("[DONE]");
    }

    /** The pieces of one answer. */
    private record Pieces(String id, long created, String model) {
        String first() {
            return piece(
                    new ChatCompletion.Delta(
                            Optional.of("assistant"), Optional.of(""), Optional.empty(), Optional.empty()),
                    Optional.empty());
        }

        String text(String text) {
            return piece(ChatCompletion.Delta.text(text), Optional.empty());
        }

        private String piece(ChatCompletion.Delta delta, Optional<Reply> last) {
            return JsonBodies.text(new ChatCompletion.Chunk(
                    id,
                    "chat.completion.chunk",
                    created,
                    model,
                    List.of(new ChatCompletion.ChunkChoice(0, delta, last.map(ChatCompletions::finishReason))),
                    Optional.empty(),
                    last.map(ChatCompletions::sources),
                    last.map(Reply::abstained),
                    last.map(Reply::unsupported)));
        }

        String last(Reply reply) {
            var calls = IntStream.range(0, reply.toolCalls().size())
                    .mapToObj(i -> {
                        var call = call(reply, i);
                        return new ChatCompletion.ToolCallDelta(i, call.id(), call.type(), call.function());
                    })
                    .toList();
            return piece(
                    new ChatCompletion.Delta(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(calls).filter(each -> !each.isEmpty()),
                            Optional.of(annotations(reply)).filter(each -> !each.isEmpty())),
                    Optional.of(reply));
        }

        String usage(Reply reply) {
            return JsonBodies.text(new ChatCompletion.Chunk(
                    id,
                    "chat.completion.chunk",
                    created,
                    model,
                    List.of(),
                    Optional.of(ChatCompletion.Usage.of(reply.promptTokens(), reply.answerTokens())),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    private static ChatCompletion whole(String id, long created, String model, Reply reply) {
        var calls = IntStream.range(0, reply.toolCalls().size())
                .mapToObj(i -> call(reply, i))
                .toList();
        var message = new ChatCompletion.Message(
                "assistant",
                Optional.of(reply.text()).filter(text -> calls.isEmpty() || !text.isEmpty()),
                Optional.empty(),
                Optional.of(calls).filter(each -> !each.isEmpty()),
                annotations(reply));
        return new ChatCompletion(
                id,
                "chat.completion",
                created,
                model,
                List.of(new ChatCompletion.Choice(0, message, Optional.empty(), finishReason(reply))),
                ChatCompletion.Usage.of(reply.promptTokens(), reply.answerTokens()),
                sources(reply),
                reply.abstained(),
                reply.unsupported(),
                timings(reply));
    }

    private static ChatRequest.ToolCall call(Reply reply, int index) {
        var call = reply.toolCalls().get(index);
        var id = call.id() == null || call.id().isEmpty() ? "call_" + index : call.id();
        return new ChatRequest.ToolCall(id, "function", new ChatRequest.Called(call.name(), call.arguments()));
    }

    private static String finishReason(Reply reply) {
        return reply.ending().name().toLowerCase(Locale.ROOT);
    }

    private static List<ChatCompletion.Source> sources(Reply reply) {
        return reply.citations().stream()
                .map(cited -> new ChatCompletion.Source(
                        cited.number(), cited.document(), cited.location(), cited.quote(), cited.passage(), url(cited)))
                .toList();
    }

    /** Each mark in the text leads to what it cites. */
    private static List<ChatCompletion.Annotation> annotations(Reply reply) {
        var cited = reply.citations().stream()
                .collect(Collectors.toMap(Citation::number, each -> each, (first, second) -> first));
        var annotations = new ArrayList<ChatCompletion.Annotation>();
        var mark = MARK.matcher(reply.text());
        while (mark.find()) {
            Optional.ofNullable(cited.get(Integer.parseInt(mark.group(1))))
                    .ifPresent(citation -> annotations.add(new ChatCompletion.Annotation(
                            "url_citation",
                            new ChatCompletion.UrlCitation(mark.start(), mark.end(), url(citation), title(citation)))));
        }
        return annotations;
    }

    private static String title(Citation cited) {
        return cited.location().isEmpty() ? cited.document() : cited.document() + ", " + cited.location();
    }

    /** Relative, since a server does not know by which name it is reached. */
    static String url(Citation cited) {
        var passage = cited.passage();
        return "/api/documents/content?path=" + encoded(cited.document())
                + (passage.startsWith(cited.document() + "#")
                        ? "&passage=" + passage.substring(cited.document().length() + 1)
                        : "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<String, Double> timings(Reply reply) {
        var timings = new TreeMap<String, Double>();
        reply.timings().forEach((stage, time) -> timings.put(stage, time.toNanos() / 1e6));
        return timings;
    }
}
