package dev.tandem.workspace;

import dev.tandem.answering.answer.Answer;
import dev.tandem.answering.answer.Answerer;
import dev.tandem.answering.citation.Citation;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.workspace.trail.AnswerConfiguration;
import dev.tandem.workspace.trail.AuditTrail;
import dev.tandem.workspace.trail.TrailEntry;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Answers that are in the audit trail before anybody has them: an answer whose record cannot be written is not given.
 * Safe for use by many threads if the answerer is.
 *
 * @param who whom the records name
 */
public record RecordedAnswers(
        Answerer answerer,
        AuditTrail trail,
        String who,
        String channel,
        String model,
        String adapter,
        String configuration)
        implements Answerer {
    /**
     * A workspace's answers; removes what the settings keep no longer.
     *
     * @param channel by which way questions come: {@code ask}, or an address of the server's
     */
    public static RecordedAnswers of(OpenWorkspace open, String channel, String who) {
        var settings = open.workspace().settings();
        settings.trail().retentionDays().ifPresent(days -> open.trail().retain(Duration.ofDays(days)));
        return new RecordedAnswers(
                open.answerer(),
                open.trail(),
                who,
                channel,
                AnswerConfiguration.model(settings.model()),
                AnswerConfiguration.adapter(settings.model()),
                configuration(open));
    }

    /** The hash of everything that decides a workspace's answers now. */
    public static String configuration(OpenWorkspace open) {
        var status = open.status();
        return AnswerConfiguration.hash(
                open.workspace().settings(),
                status.embedding() + " " + status.documents() + " " + status.passages() + " " + status.lastIngest());
    }

    @Override
    public Answer answer(String question, Filter filter, Consumer<String> partial) {
        var answer = answerer.answer(question, filter, partial);
        trail.append(new TrailEntry(
                who,
                channel,
                question,
                answer.text(),
                answer.abstained(),
                answer.citations().stream().map(Citation::passage).distinct().toList(),
                model,
                adapter,
                configuration));
        return answer;
    }
}
