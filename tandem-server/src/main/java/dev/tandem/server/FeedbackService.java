package dev.tandem.server;

import dev.tandem.server.feedback.FeedbackStore;
import dev.tandem.server.feedback.KeptAnswers;
import dev.tandem.server.feedback.TrainingExamples;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.openai.AnswerListener;
import dev.tandem.server.resource.FeedbackApi;
import dev.tandem.server.resource.TestSetApi;
import dev.tandem.server.resource.TestSetCases;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ServeSettings;
import dev.tandem.workspace.settings.SettingsValues;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Feedback and the test set: what people say of answers, and what is made of it. */
record FeedbackService(KeptAnswers kept, boolean keeps, List<Endpoint> endpoints) implements AutoCloseable {
    private static final String EXAMPLES = "training.jsonl";

    static FeedbackService open(Workspace workspace, ServerDatabase database, ServeSettings settings, Clock clock) {
        var configuration = new TreeMap<String, String>();
        configuration.putAll(SettingsValues.of("embedding", workspace.settings().embedding()));
        configuration.putAll(SettingsValues.of("retrieval", workspace.settings().retrieval()));
        configuration.putAll(SettingsValues.of("answer", workspace.settings().answer()));
        configuration.putAll(SettingsValues.of("model", workspace.settings().model()));
        var store = new FeedbackStore(database);
        var kept = new KeptAnswers(store, configuration, Duration.ofDays(settings.keepAnswers()), clock);
        var cases = new TestSetCases(workspace.testSetFile());
        var examples = new TrainingExamples(workspace.folder().resolve(EXAMPLES));
        var all = new ArrayList<>(new TestSetApi(cases).endpoints());
        all.addAll(new FeedbackApi(store, kept, cases, examples, clock).endpoints());
        return new FeedbackService(kept, settings.keepAnswers() > 0, List.copyOf(all));
    }

    List<AnswerListener> answers() {
        return keeps ? List.of(kept) : List.of();
    }

    @Override
    public void close() {
        kept.close();
    }
}
