package dev.tandem.decoder.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.decoder.generation.Generator;
import dev.tandem.decoder.generation.Sampling;
import dev.tandem.foundation.MendableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
    @Test
    void requestsAreTakenTogetherInTheirOrderUpToTheRows() throws Exception {
        var queue = new WorkQueue(10, 3);
        var jobs = new ChatJob[] {job(10), job(40), job(20), job(30)};
        for (var job : jobs) {
            queue.put(job);
        }

        assertThat(queue.take()).containsExactly(jobs[0], jobs[1], jobs[2]);
        assertThat(queue.take()).containsExactly(jobs[3]);
    }

    @Test
    void aLongPromptDoesNotMakeShortOnesPadding() throws Exception {
        var queue = new WorkQueue(10, 8);
        var first = job(100);
        var longer = job(5000);
        var second = job(300);
        queue.put(first);
        queue.put(longer);
        queue.put(second);

        assertThat(queue.take()).containsExactly(first, second);
        assertThat(queue.take()).containsExactly(longer);
    }

    @Test
    void longAnswersAreNotAllInWorkAtOnceBecauseOfTheirMemory() throws Exception {
        var queue = new WorkQueue(10, 8);
        for (int i = 0; i < 8; i++) {
            queue.put(new ChatJob(
                    new Generator.Request(
                            new int[1000], Optional.empty(), new Sampling(0, 0, 1, 0, 1, 4000, List.of(), 0)),
                    1000));
        }

        assertThat(queue.take()).hasSize(3);
        assertThat(queue.take()).hasSize(3);
        assertThat(queue.take()).hasSize(2);
    }

    @Test
    void nothingOvertakesAChange() throws Exception {
        var queue = new WorkQueue(10, 8);
        var before = job(5);
        var change = new Work.Change("a", Optional.empty(), new CompletableFuture<>());
        var after = job(5);
        queue.put(before);
        queue.put(change);
        queue.put(after);

        assertThat(queue.take()).containsExactly(before);
        assertThat(queue.take()).containsExactly(change);
        assertThat(queue.take()).containsExactly(after);
    }

    @Test
    void whoBringsARequestToAFullQueueWaitsForRoom() throws Exception {
        var queue = new WorkQueue(1, 8);
        var first = job(5);
        var second = job(5);
        queue.put(first);
        var brought = new CompletableFuture<Void>();
        var bringer = Thread.ofPlatform().start(() -> {
            try {
                queue.put(second);
                brought.complete(null);
            } catch (InterruptedException e) {
                brought.completeExceptionally(e);
            }
        });
        while (bringer.getState() != Thread.State.WAITING && !brought.isDone()) {
            Thread.onSpinWait();
        }

        assertThat(brought).isNotDone();
        assertThat(queue.take()).containsExactly(first);
        brought.join();
        assertThat(queue.take()).containsExactly(second);
    }

    @Test
    void aClosedQueueGivesBackWhatWaitedAndTakesNothing() throws Exception {
        var queue = new WorkQueue(10, 8);
        var job = job(5);
        queue.put(job);

        assertThat(queue.close()).containsExactly(job);
        assertThat(queue.take()).isEmpty();
        assertThatThrownBy(() -> queue.put(job))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("closed");
    }

    private static ChatJob job(int tokens) {
        return new ChatJob(new Generator.Request(new int[tokens], Optional.empty(), Sampling.GREEDY), tokens);
    }
}
