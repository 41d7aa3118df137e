package dev.tandem.tuning.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.foundation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Runs.examples(file("train.jsonl"), List.of("one:1", "two:2", "three:3", "four:4", "five:5", "six:6"));
        Runs.examples(file("held.jsonl"), List.of("one:1", "two:2", "three:3", "four:4"));
    }

    @ParameterizedTest
    @EnumSource(TuningSettings.Method.class)
    void baseAndTunedModelAnswerTheSameExamplesAndItIsRecorded(TuningSettings.Method method) {
        var began = new ArrayList<TrainingRun.Start>();
        var job = job("out", Runs.settings(method, 10).withSamples(2));

        var result = job.run(Progress.silent(), NativeMemory.UNLIMITED, listener(began), () -> false);

        assertThat(result.samples()).hasSize(2).allSatisfy(sample -> {
            assertThat(sample.tuned()).isPresent();
            assertThat(sample.tuned().orElseThrow()).isNotEqualTo(sample.base());
        });
        // One of each half, without what the chat template puts around it.
        assertThat(result.samples().get(0).prompt() + result.samples().get(0).expected())
                .isIn("one1", "two2");
        assertThat(result.samples().get(1).prompt() + result.samples().get(1).expected())
                .isIn("three3", "four4");
        assertThat(SampleFile.read(file("out"))).isEqualTo(result.samples());
        var start = began.getFirst();
        assertThat(start.baseLoss()).isEqualTo(result.baseLoss());
        assertThat(start.samples()).allMatch(sample -> sample.tuned().isEmpty());
        assertThat(start.samples())
                .extracting(Sample::base)
                .isEqualTo(result.samples().stream().map(Sample::base).toList());
        if (method == TuningSettings.Method.FULL) {
            // Full tuning changes the decoder's own weights; another method leaves them alone.
            var other = run(
                    job("other", Runs.settings(TuningSettings.Method.LORA, 1).withSamples(2)), () -> false);
            assertThat(other.samples())
                    .extracting(Sample::base)
                    .isEqualTo(result.samples().stream().map(Sample::base).toList());
        }
    }

    @Test
    void whatTheBaseAnsweredOutlivesAStopAndIsFoundAgainWhenItsRecordIsLost() throws IOException {
        var settings = Runs.settings(TuningSettings.Method.FULL, 8).withSamples(3);
        var whole = run(job("whole", settings), () -> false);

        for (var name : List.of("broken", "lost")) {
            var stopped = run(job(name, settings), () -> hasUpdates(name, 5));
            assertThat(stopped.ending()).isEqualTo(TrainingRun.Ending.CANCELLED);
            assertThat(stopped.samples())
                    .hasSize(3)
                    .allMatch(sample -> sample.tuned().isEmpty());
            assertThat(SampleFile.read(file(name))).isEqualTo(stopped.samples());
            if (name.equals("lost")) {
                Files.delete(file(name).resolve(Samples.NAME));
            }

            assertThat(run(TuningJob.recorded(file(name)), () -> false)).isEqualTo(whole);
        }
    }

    @Test
    void aStopWhileTheBaseAnswersLeavesNothingHalf() {
        var settings = Runs.settings(TuningSettings.Method.LORA, 2).withSamples(2);

        var stopped = run(job("out", settings), () -> true);

        assertThat(stopped.ending()).isEqualTo(TrainingRun.Ending.CANCELLED);
        assertThat(stopped.samples()).isEmpty();
        assertThat(file("out").resolve(Samples.NAME)).doesNotExist();
        assertThat(run(TuningJob.recorded(file("out")), () -> false).samples())
                .hasSize(2)
                .allMatch(sample -> sample.tuned().isPresent());
    }

    @Test
    void noneAreMadeWhereNoneAreWanted() {
        var result = run(job("out", Runs.settings(TuningSettings.Method.LORA, 1)), () -> false);

        assertThat(result.samples()).isEmpty();
        assertThat(file("out").resolve(Samples.NAME)).doesNotExist();
    }

    @Test
    void samplesThatAnotherBaseLeftAreNotTakenForThisOnes() {
        SampleFile.write(file("out"), List.of(new Sample("p", "e", "another base's", Optional.empty())));

        var result = run(job("out", Runs.settings(TuningSettings.Method.LORA, 1).withSamples(1)), () -> false);

        assertThat(result.samples()).singleElement().extracting(Sample::base).isNotEqualTo("another base's");
    }

    @Test
    void ofATextTheSecondHalfIsAskedForAndOfAConversationTheLastAnswer() throws IOException {
        Files.writeString(file("held.jsonl"), """
                {"text": "the quick brown fox jumps"}
                """);
        assertThat(run(job("text", Runs.settings(TuningSettings.Method.LORA, 1).withSamples(9)), () -> false)
                        .samples())
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.prompt()).startsWith("the");
                    assertThat(sample.prompt() + sample.expected())
                            .contains("quick")
                            .endsWith("jumps");
                });
        Files.writeString(file("held.jsonl"), """
                {"messages": [{"role": "user", "content": "one"}, {"role": "assistant", "content": "1"},\
                 {"role": "user", "content": "two"}, {"role": "assistant", "content": "2"}]}
                """);
        assertThat(run(job("turns", Runs.settings(TuningSettings.Method.LORA, 1).withSamples(9)), () -> false)
                        .samples())
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.prompt())
                            .startsWith("one")
                            .endsWith("two")
                            .contains("1");
                    assertThat(sample.expected()).isEqualTo("2");
                });
    }

    private boolean hasUpdates(String name, int count) {
        try {
            var log = file(name).resolve(MetricsLog.NAME);
            return Files.exists(log) && Files.readAllLines(log).size() > count;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static TuningJob.Listener listener(List<TrainingRun.Start> began) {
        return new TuningJob.Listener() {
            @Override
            public void remark(String sentence) {}

            @Override
            public void begins(TrainingRun.Start start) {
                began.add(start);
            }
        };
    }

    private TuningJob job(String out, TuningSettings settings) {
        return new TuningJob(
                Runs.BASE,
                file("train.jsonl"),
                Optional.of(file("held.jsonl")),
                Optional.empty(),
                file(out),
                settings,
                Runs.PLACEMENT);
    }

    private static TrainingRun.Result run(TuningJob job, BooleanSupplier cancelled) {
        return job.run(Progress.silent(), NativeMemory.UNLIMITED, remark -> {}, cancelled);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
