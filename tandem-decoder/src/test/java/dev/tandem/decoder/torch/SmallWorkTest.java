package dev.tandem.decoder.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class SmallWorkTest {
    @Test
    void whatItSetsAsideComesBackThoughAnotherThreadEndsLater() throws Exception {
        Torch.load();
        boolean before = torch.globalContext().userEnabledMkldnn();
        int threads = torch.get_num_threads();
        int blasThreads = openblas.blas_get_num_threads();
        var begun = new CountDownLatch(1);
        var firstHasEnded = new CountDownLatch(1);
        var whileSecond = new CompletableFuture<Boolean>();
        var second = Thread.ofPlatform().unstarted(() -> {
            try (var work = new SmallWork()) {
                begun.countDown();
                firstHasEnded.await();
                whileSecond.complete(torch.globalContext().userEnabledMkldnn());
            } catch (InterruptedException e) {
                whileSecond.completeExceptionally(e);
            }
        });

        try (var first = new SmallWork()) {
            assertThat(torch.get_num_threads()).isEqualTo(1);
            assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
            second.start();
            begun.await();
        }
        assertThat(torch.get_num_threads()).isEqualTo(threads);
        firstHasEnded.countDown();
        second.join();

        assertThat(whileSecond.get()).as("still aside for the second").isFalse();
        assertThat(torch.globalContext().userEnabledMkldnn()).isEqualTo(before);
        assertThat(openblas.blas_get_num_threads()).isEqualTo(blasThreads);
    }
}
