package dev.tandem.server.watch;

import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.workspace.settings.AlertMetric;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Freezes the questions of a test set as what questions are compared with, where there is no baseline of this encoder. For one thread. */
final class TestSetBaseline implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TestSetBaseline.class);
    private static final int FEWEST = 50;

    private final Path file;
    private final Supplier<? extends TextEncoder> encoder;
    private final Baselines baselines;
    private final LiveStore store;
    private final Comparison comparison;
    private boolean said;

    TestSetBaseline(
            Path file,
            Supplier<? extends TextEncoder> encoder,
            Baselines baselines,
            LiveStore store,
            Comparison comparison) {
        this.file = file;
        this.encoder = encoder;
        this.baselines = baselines;
        this.store = store;
        this.comparison = comparison;
    }

    @Override
    public void run() {
        if (baselines.find(AlertMetric.QUESTIONS).isPresent() || said) {
            return;
        }
        try {
            var questions = TestSet.read(file).cases().stream()
                    .map(TestCase::question)
                    .distinct()
                    .toList();
            if (questions.size() < FEWEST) {
                throw new MendableException(file + " has " + questions.size() + " questions, and a baseline needs "
                        + FEWEST + ": add some, or set monitoring.baseline to live in tandem.yaml.");
            }
            var model = encoder.get();
            var vectors = questions.stream()
                    .map(question -> model.encodeQuestion(question).vector())
                    .toList();
            comparison.freezeQuestions(vectors, "test_set", model.id(), store.lastQuestion());
        } catch (MendableException e) {
            said = true;
            LOG.warn("Questions are not compared with the test set: {}", e.getMessage());
        }
    }
}
