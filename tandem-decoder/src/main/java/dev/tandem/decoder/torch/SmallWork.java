package dev.tandem.decoder.torch;

import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * How operators on a single position run best on a CPU, until this is closed. Waking another core takes longer than such an
 * operator, so each has one thread, in OpenBLAS too, whose own threads would spin beside ours. And oneDNN, which packs matrices
 * for products of many rows, is left aside: in bfloat16, libtorch's own product of a matrix and a vector is several times
 * faster.
 *
 * <p>libtorch's threads are the calling thread's matter, OpenBLAS's and oneDNN the process's: what trains on another thread
 * meanwhile may take longer.
 */
public final class SmallWork implements AutoCloseable {
    // These switches are one for the process: they come back when the last who works so has ended.
    private static int atWork;
    private static boolean oneDnnBefore;
    private static int blasThreadsBefore;

    private final int threads;

    /** Begins; to be closed on the same thread. */
    public SmallWork() {
        threads = torch.get_num_threads();
        torch.set_num_threads(1);
        begin();
    }

    private static synchronized void begin() {
        if (atWork == 0) {
            oneDnnBefore = torch.globalContext().userEnabledMkldnn();
            torch.globalContext().setUserEnabledMkldnn(false);
            blasThreadsBefore = openblas.blas_get_num_threads();
            openblas.blas_set_num_threads(1);
        }
        atWork++;
    }

    private static synchronized void end() {
        atWork--;
        if (atWork == 0) {
            torch.globalContext().setUserEnabledMkldnn(oneDnnBefore);
            openblas.blas_set_num_threads(blasThreadsBefore);
        }
    }

    /** How many cores libtorch would use for a large operator: what work may be shared among. */
    public static int cores() {
        return Torch.allThreads();
    }

    @Override
    public void close() {
        torch.set_num_threads(threads);
        end();
    }
}
