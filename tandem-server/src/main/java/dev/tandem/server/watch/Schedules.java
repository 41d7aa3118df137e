package dev.tandem.server.watch;

import dev.tandem.evaluation.drift.LookSchedule;
import dev.tandem.workspace.settings.AlertMetric;
import dev.tandem.workspace.settings.MonitoringSettings;
import java.util.List;

/** How often each metric is looked at: of scores and thumbs there are fewer than of questions. */
final class Schedules {
    /** At most 5% false alarms in 2,000 judged answers or thumbs. */
    private static final LookSchedule RARE = new LookSchedule(10, List.of(25, 50, 100), 5, 0.05, 2_000);

    private static final int RARER = 5;

    private Schedules() {}

    static LookSchedule of(AlertMetric metric) {
        return isRare(metric) ? RARE : LookSchedule.USUAL;
    }

    /** How many observations make its baseline. */
    static int baseline(AlertMetric metric, MonitoringSettings settings) {
        return isRare(metric) ? settings.baselineQuestions() / RARER : settings.baselineQuestions();
    }

    private static boolean isRare(AlertMetric metric) {
        return switch (metric) {
            case FAITHFULNESS, ANSWER_RELEVANCY, CONTEXT_RELEVANCY, THUMBS_DOWN -> true;
            case QUESTIONS, DECLINED, FAILED, LATENCY, GATE -> false;
        };
    }
}
