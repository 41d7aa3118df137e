package dev.tandem.server.watch;

import dev.tandem.evaluation.judge.Judge;
import dev.tandem.models.embedding.RecentQuestions;
import dev.tandem.server.openai.AnswerListener;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** All that watches, put together; until it is closed. */
public final class Watching implements AutoCloseable {
    /** What was observed is kept so long at least: a month shows what a week does not. */
    private static final int FEWEST_DAYS = 90;

    private final LiveWatch watch;

    private Watching(LiveWatch watch) {
        this.watch = watch;
    }

    /**
     * What it takes.
     *
     * @param testSet its file, which need not be there
     * @param encoder the embedding model of retrieval, which remembers what it has just encoded
     * @param judge makes the judge when it is first needed
     * @param idle whether no answer is being made
     */
    public record Parts(
            WorkspaceSettings settings,
            Path testSet,
            ServerDatabase database,
            Supplier<RecentQuestions> encoder,
            Supplier<Judge> judge,
            BooleanSupplier idle,
            AlertDesk desk,
            WatchListener listener,
            Clock clock) {}

    /** Begins to watch. */
    public static Watching begin(Parts parts) {
        var settings = parts.settings().monitoring();
        var store = new LiveStore(parts.database());
        var judge = settings.judged() > 0
                ? Optional.of(new LiveJudge(
                        new LiveJudge.Settings(settings.judged(), settings.judgedPerMinute()),
                        () -> ThreadLocalRandom.current().nextDouble(),
                        parts.judge(),
                        parts.idle(),
                        store,
                        parts.listener(),
                        parts.clock()))
                : Optional.<LiveJudge>empty();
        var looking = settings.drift() ? Optional.of(looking(parts, store)) : Optional.<Looking>empty();
        var kept =
                Duration.ofDays(Math.max(FEWEST_DAYS, parts.settings().serve().keepAnswers()));
        return new Watching(new LiveWatch(judge, looking, store, parts.encoder(), kept, parts.clock()));
    }

    private static Looking looking(Parts parts, LiveStore store) {
        var settings = parts.settings().monitoring();
        var baselines = new Baselines(parts.database());
        var comparison = new Comparison(store, baselines, settings, parts.clock());
        Runnable testSet = switch (settings.baseline()) {
            case LIVE -> () -> {};
            case TEST_SET -> new TestSetBaseline(parts.testSet(), parts.encoder(), baselines, store, comparison);
        };
        return new Looking(
                comparison,
                store,
                parts.desk(),
                parts.settings().alerts().rules(),
                () -> parts.encoder().get().id(),
                testSet,
                parts.listener(),
                parts.clock());
    }

    /** To be told of every answer. */
    public AnswerListener answers() {
        return watch;
    }

    @Override
    public void close() {
        watch.close();
    }
}
