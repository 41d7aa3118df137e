package dev.tandem.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.foundation.database.DatabasePlace;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.alert.Alerts;
import dev.tandem.workspace.settings.AlertMetric;
import dev.tandem.workspace.settings.AlertRule;
import dev.tandem.workspace.settings.AlertSettings;
import dev.tandem.workspace.settings.MonitoringSettings;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches streams of observations with a real database. */
class ComparisonTest {
    private static final Instant NOW = Instant.parse("2026-11-27T02:00:00Z");
    /** A millisecond later each time that somebody looks. */
    private static final Clock CLOCK = new Clock() {
        private final AtomicLong milliseconds = new AtomicLong();

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return NOW.plusMillis(milliseconds.incrementAndGet());
        }
    };

    private static final MonitoringSettings SETTINGS =
            new MonitoringSettings(0.1, 6, true, MonitoringSettings.Baseline.LIVE, 200);
    private static final WatchListener NOBODY = WatchListener.all(List.of());

    @TempDir
    Path folder;

    private final Random random = new Random(1);
    private final List<String> told = new ArrayList<>();
    private ServerDatabase database;
    private LiveStore store;
    private int answers;

    @BeforeEach
    void open() {
        database = ServerDatabase.at(place());
        store = new LiveStore(database);
    }

    DatabasePlace place() {
        return new SqlitePlace(folder.resolve(ServerDatabase.FILE));
    }

    private Looking looking(String encoder, String... rules) {
        var comparison = new Comparison(store, new Baselines(database), SETTINGS, CLOCK);
        var desk = new AlertDesk("kb", database, Alerts.of(AlertSettings.DEFAULTS, Map.of(), told::add), CLOCK);
        var read = List.of(rules).stream().map(AlertRule::parse).toList();
        return new Looking(comparison, store, desk, read, () -> encoder, () -> {}, NOBODY, CLOCK);
    }

    /** Answers to questions about something: vectors near one axis. */
    private void ask(int count, int axis, String encoder, double declined) {
        for (int i = 0; i < count; i++) {
            var id = "answer-" + answers++;
            var vector = new float[6];
            for (int d = 0; d < vector.length; d++) {
                vector[d] = (float) random.nextGaussian() * 0.4f + (d == axis ? 1 : 0);
            }
            var outcome = random.nextDouble() < declined ? LiveAnswer.Outcome.DECLINED : LiveAnswer.Outcome.ANSWERED;
            store.add(
                    List.of(new LiveAnswer(id, NOW, "tandem/rag", outcome, 100, Optional.empty(), Optional.empty())),
                    Map.of(id, vector),
                    encoder);
        }
    }

    private MonitoringReport report() {
        return new Reporting(
                        database,
                        WorkspaceSettings.DEFAULTS,
                        Alerts.of(AlertSettings.DEFAULTS, Map.of(), told::add),
                        CLOCK)
                .of(Duration.ofHours(1));
    }

    private MonitoringReport.Metric questions() {
        return report().metrics().stream()
                .filter(metric -> metric.metric().equals("questions"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void questionsFromElsewhereAreToldOnceAndAgainWhenTheyAreUsual() {
        var looking = looking("e1", "questions drift");
        ask(200, 0, "e1", 0);
        looking.look();
        assertThat(questions().baseline())
                .get()
                .satisfies(frozen -> assertThat(frozen.size()).isEqualTo(200));
        ask(100, 0, "e1", 0);
        looking.look();
        assertThat(told).isEmpty();
        assertThat(questions().drifting()).isFalse();

        ask(100, 1, "e1", 0);
        looking.look();
        looking.look();
        ask(50, 1, "e1", 0);
        looking.look();

        assertThat(told).singleElement().asString().contains("What is asked has changed", "tandem monitor baseline");
        assertThat(questions().drifting()).isTrue();

        ask(300, 0, "e1", 0);
        looking.look();

        assertThat(told).hasSize(2);
        assertThat(told.getLast()).contains("alert mended", "like the baseline again");
        assertThat(report().alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.mended()).isPresent();
            assertThat(alert.deliveries())
                    .extracting(FiredAlert.Delivered::state)
                    .contains("fired", "mended");
        });
    }

    @Test
    void aRestartGoesOnWhereItStoppedAndTellsNothingTwice() {
        ask(200, 0, "e1", 0);
        looking("e1", "questions drift").look();
        ask(60, 1, "e1", 0);
        looking("e1", "questions drift").look();
        ask(60, 1, "e1", 0);
        looking("e1", "questions drift").look();

        assertThat(told).hasSize(1);
        assertThat(questions().observed()).isEqualTo(100);
    }

    @Test
    void anotherEmbeddingModelBeginsAnew() {
        ask(200, 0, "e1", 0);
        looking("e1").look();
        ask(50, 1, "e2", 0);
        var looking = looking("e2", "questions drift");
        looking.look();

        assertThat(told).isEmpty();
        assertThat(questions().baseline()).isEmpty();

        ask(150, 1, "e2", 0);
        looking.look();
        assertThat(questions().baseline()).isPresent();
    }

    @Test
    void moreDeclinedThanTheBaselineByEnoughIsTold() {
        var looking = looking("e1", "declined rises by 0.1", "latency rises by 50%");
        ask(200, 0, "e1", 0.1);
        looking.look();
        ask(200, 0, "e1", 0.5);
        looking.look();

        assertThat(told)
                .singleElement()
                .asString()
                .contains("share of questions that are declined", "rose from 0.", "add documents");
    }

    @Test
    void aBoundHoldsWithoutABaseline() {
        var looking = looking("e1", "declined above 0.5 over 20");
        ask(19, 0, "e1", 1);
        looking.look();
        assertThat(told).isEmpty();
        ask(1, 0, "e1", 1);
        looking.look();
        assertThat(told).singleElement().asString().contains("1.000 over the newest 20");
        ask(20, 0, "e1", 0);
        looking.look();
        assertThat(told.getLast()).contains("mended");
    }

    @Test
    void scoresThatFallAreTold() {
        var looking = looking("e1", "faithfulness falls by 0.05");
        judge(40, 0.9);
        looking.look();
        judge(60, 0.6);
        looking.look();

        assertThat(told).singleElement().asString().contains("Judged faithfulness fell from 0.8", "unsupported");
    }

    private void judge(int count, double mean) {
        for (int i = 0; i < count; i++) {
            store.judged(
                    new LiveAnswer(
                            "judged-" + answers++,
                            NOW,
                            "tandem/rag",
                            LiveAnswer.Outcome.ANSWERED,
                            1,
                            Optional.empty(),
                            Optional.empty()),
                    NOW,
                    "embedded",
                    new Judgement(
                            OptionalDouble.of(mean + random.nextGaussian() * 0.05),
                            OptionalDouble.empty(),
                            OptionalDouble.empty(),
                            List.of()));
        }
    }

    @Test
    void theNewestBecomeTheBaselineWhenSomebodySaysSo() {
        var looking = looking("e1", "questions drift");
        ask(200, 0, "e1", 0);
        looking.look();
        ask(210, 1, "e1", 0);
        looking.look();
        assertThat(told).hasSize(1);

        var taken = new NewBaseline(database, SETTINGS, CLOCK).take();
        ask(50, 1, "e1", 0);
        looking.look();

        assertThat(taken.getFirst()).isEqualTo(new NewBaseline.Taken("questions", 200));
        assertThat(taken).contains(new NewBaseline.Taken("faithfulness", 0));
        assertThat(told).hasSize(2);
        assertThat(told.getLast()).contains("mended");
        assertThat(questions().drifting()).isFalse();
    }

    @Test
    void rulesThatAreTakenOutCloseTheirAlerts() {
        ask(20, 0, "e1", 1);
        looking("e1", "declined above 0.5 over 20").look();
        var without = looking("e1");
        without.begin();

        assertThat(report().alerts())
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.mendedSentence()).get().asString().contains("taken out"));
    }

    @Test
    void whatIsOldIsForgottenButForTheNewest() {
        ask(30, 0, "e1", 0);
        store.sweep(NOW.plusSeconds(1));

        assertThat(store.after(AlertMetric.LATENCY, 0, 100)).hasSize(30);
        assertThat(store.questions()).isEqualTo(30);
    }
}
