package dev.tandem.server;

import dev.langchain4j.data.message.UserMessage;
import dev.tandem.server.engine.Conversation;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.engine.Reply;
import dev.tandem.server.engine.ServedModel;
import dev.tandem.server.http.Requests;
import dev.tandem.server.openai.AnswerListener;
import dev.tandem.workspace.settings.TrailSettings;
import dev.tandem.workspace.trail.AnswerConfiguration;
import dev.tandem.workspace.trail.TrailEntry;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;

/**
 * Every answer in the audit trail before anybody has it whole: one whose record cannot be written is refused, though pieces of it may
 * have been streamed. The record names the key.
 */
record RecordedReplies(Engine engine) implements AnswerListener {
    /** None where the settings have the trail off; removes what they keep no longer. */
    static List<RecordedReplies> of(Engine engine) {
        var settings = engine.workspace().settings().trail();
        if (settings.record() == TrailSettings.Recorded.NONE) {
            return List.of();
        }
        settings.retentionDays().ifPresent(days -> engine.trail().retain(Duration.ofDays(days)));
        return List.of(new RecordedReplies(engine));
    }

    @Override
    public void answered(String id, Context context, ServedModel model, Conversation conversation, Reply reply) {
        record(Requests.caller(context).name(), context.path() + " " + id, model, conversation, reply);
    }

    /**
     * Records an answer.
     *
     * @param who asked
     * @param channel by which way
     */
    void record(String who, String channel, ServedModel model, Conversation conversation, Reply reply) {
        var settings = engine.workspace().settings().model();
        engine.trail()
                .append(new TrailEntry(
                        who,
                        channel,
                        question(conversation),
                        reply.text(),
                        reply.abstained(),
                        reply.citations().stream()
                                .map(cited -> cited.passage())
                                .distinct()
                                .toList(),
                        model.retrieves() ? model.id() + " " + AnswerConfiguration.model(settings) : model.id(),
                        AnswerConfiguration.adapter(settings),
                        engine.answerConfiguration()));
    }

    private static String question(Conversation conversation) {
        return conversation.messages().stream()
                .filter(UserMessage.class::isInstance)
                .map(UserMessage.class::cast)
                .filter(UserMessage::hasSingleText)
                .reduce((first, second) -> second)
                .map(UserMessage::singleText)
                .orElse("");
    }
}
