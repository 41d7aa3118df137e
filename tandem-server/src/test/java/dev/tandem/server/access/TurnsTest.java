package dev.tandem.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnsTest {
    @Test
    void noMoreWorkAtOnceThanMayAndNoMoreWaitThanMay() throws Exception {
        try (var turns = new Turns(1, 1)) {
            var working = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var first = begun(() -> turns.take(() -> held(working, go)));
            working.await();
            var second = begun(() -> turns.take(() -> "second"));
            awaitOneWaiting(turns);

            assertThatThrownBy(() -> turns.take(() -> "third")).isInstanceOf(Turns.Full.class);
            assertThat(second).isNotDone();
            go.countDown();
            assertThat(first.get()).isEqualTo("held");
            assertThat(second.get()).isEqualTo("second");
            assertThat(turns.waiting()).isZero();
        }
    }

    private static <T> FutureTask<T> begun(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.startVirtualThread(task);
        return task;
    }

    private static void awaitOneWaiting(Turns turns) {
        while (turns.waiting() == 0) {
            Thread.onSpinWait();
        }
    }

    private static String held(CountDownLatch working, CountDownLatch go) {
        working.countDown();
        try {
            go.await();
            return "held";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    @Test
    void workThatComputesKeepsNoVirtualThreadFromItsCore() throws Exception {
        // More than virtual threads that could run at once.
        int many = 4 * Runtime.getRuntime().availableProcessors();
        try (var turns = new Turns(many, 0)) {
            var computing = new CountDownLatch(many);
            var go = new CountDownLatch(1);
            var all = IntStream.range(0, many)
                    .mapToObj(i -> begun(() -> turns.take(() -> computed(computing, go))))
                    .toList();
            computing.await();
            Thread.startVirtualThread(go::countDown);
            for (var each : all) {
                assertThat(each.get()).isEqualTo("computed");
            }
        }
    }

    private static String computed(CountDownLatch computing, CountDownLatch go) {
        computing.countDown();
        while (go.getCount() > 0) {
            Thread.onSpinWait();
        }
        return "computed";
    }

    @Test
    void whatFailsFailsAsItIs() {
        try (var turns = new Turns(1, 0)) {
            assertThatThrownBy(() -> turns.take(() -> {
                        throw new IllegalArgumentException("so");
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("so");
        }
    }

    @Test
    void closingInterruptsWhoWorksAndCancelsWhoWaits() throws Exception {
        var turns = new Turns(1, 1);
        var working = new CountDownLatch(1);
        var first = begun(() -> turns.take(() -> held(working, new CountDownLatch(1))));
        working.await();
        var second = begun(() -> turns.take(() -> "second"));
        awaitOneWaiting(turns);

        turns.close();

        assertThat(first.get()).isEqualTo("interrupted");
        assertThatThrownBy(second::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> turns.take(() -> "late")).isInstanceOf(CancellationException.class);
    }
}
