package dev.tandem.decoder.torch;

import org.bytedeco.pytorch.global.torch;

/**
 * How operators on a single position run best on a CPU, until this is closed. Waking another core takes longer than such an
 * operator, so each has one thread; {@link #large} gives a single operator all of them. And oneDNN, which packs matrices for
 * products of many rows, is left aside: in bfloat16, libtorch's own product of a matrix and a vector is several times faster.
 *
 * <p>Threads are the calling thread's matter, oneDNN the process's: what trains in bfloat16 on another thread meanwhile may
 * take longer.
 */
public final class SmallWork implements AutoCloseable {
    /** Numbers of a matrix from which on several cores read it faster than one. */
    private static final long LARGE = 4_000_000;

    // The switch is libtorch's, one for the process: it comes back when the last who works so has ended.
    private static int atWork;
    private static boolean oneDnnBefore;

    private final int threads;

    /** Begins; to be closed on the same thread. */
    public SmallWork() {
        threads = torch.get_num_threads();
        torch.set_num_threads(1);
        leaveOneDnn();
    }

    private static synchronized void leaveOneDnn() {
        if (atWork == 0) {
            oneDnnBefore = torch.globalContext().userEnabledMkldnn();
            torch.globalContext().setUserEnabledMkldnn(false);
        }
        atWork++;
    }

    private static synchronized void returnToOneDnn() {
        atWork--;
        if (atWork == 0) {
            torch.globalContext().setUserEnabledMkldnn(oneDnnBefore);
        }
    }

    /** Whether a matrix of so many numbers is no small work. */
    public static boolean isLarge(long numbers) {
        return numbers >= LARGE;
    }

    /** Gives the operators all threads again, until what it returns is closed. */
    public static Threads large() {
        int before = torch.get_num_threads();
        torch.set_num_threads(Torch.allThreads());
        return () -> torch.set_num_threads(before);
    }

    /** Closing it gives back the threads that there were before. */
    public interface Threads extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void close() {
        torch.set_num_threads(threads);
        returnToOneDnn();
    }
}
