package dev.tandem.decoder.torch;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;

/**
 * Loads libtorch, once a process.
 *
 * <p>Environment variables, which {@code ./tandem} sets, are read by its libraries when they load: {@code
 * OMP_WAIT_POLICY=passive} lets idle threads sleep instead of spin (twice the speed on shared cores); {@code
 * MALLOC_MMAP_THRESHOLD_=33554432} and {@code MALLOC_TRIM_THRESHOLD_=2000000000} let glibc keep freed memory for the next
 * tensor, which otherwise would be fetched from the system page by page (up to 1.7 times the speed).
 *
 * <p>Grad mode is a native thread-local: train and generate on platform threads of your own, never on virtual ones.
 */
public final class Torch {
    private static final String NEEDED =
            "It takes NVIDIA's driver, CUDA 13 with NCCL, and cuDNN 9, in the system's library"
                    + " folders or in those that LD_LIBRARY_PATH names.";

    private static boolean loaded;
    private static int allThreads;
    private static Optional<String> whyNoCuda = Optional.empty();

    private Torch() {}

    /**
     * Loads libtorch if it is not loaded yet; seconds on a machine's first time, when the natives are unpacked.
     *
     * @throws MendableException if there is no libtorch for this platform
     */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        // Otherwise an allocation fails once resident memory passes four times the Java heap.
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        try {
            unpacked(torch.class);
        } catch (UnsatisfiedLinkError e) {
            throw new MendableException(
                    builtForCuda()
                            ? "CUDA's libraries do not load (" + reason(e) + "). " + NEEDED
                                    + " For the CPU, build Tandem without -Pcuda."
                            : "libtorch does not run here (" + System.getProperty("os.name") + ", "
                                    + System.getProperty("os.arch")
                                    + "): language models in this process need Linux or Windows on"
                                    + " x86-64, or macOS on ARM. Name a model server instead (model: in tandem.yaml).",
                    e);
        }
        allThreads = torch.get_num_threads();
        loaded = true;
    }

    /** Whether libtorch was built for CUDA and sees a GPU. */
    public static boolean cuda() {
        return whyNoCuda().isEmpty();
    }

    /** A sentence that says why CUDA cannot be used; empty where it can. */
    public static synchronized Optional<String> whyNoCuda() {
        load();
        if (whyNoCuda.isEmpty()) {
            whyNoCuda = Optional.of(cudaFault());
        }
        return whyNoCuda.filter(fault -> !fault.isEmpty());
    }

    private static String cudaFault() {
        if (!builtForCuda()) {
            return "This build of Tandem is for the CPU: build it with ./mvnw -Pcuda for an NVIDIA GPU.";
        }
        try {
            unpacked(torch_cuda.class);
        } catch (LinkageError e) {
            return "CUDA's libraries do not load (" + reason(e) + "). " + NEEDED;
        }
        return torch.hasCUDA() && torch_cuda.device_count() > 0
                ? ""
                : "The driver shows no GPU, or one of CUDA's libraries is missing. " + NEEDED;
    }

    /**
     * Loads a class's native libraries while no other process of Tandem does. JavaCPP writes them to its cache in place: a process
     * that starts meanwhile maps half a library and dies of it.
     */
    private static void unpacked(Class<?> natives) {
        try (var file = FileChannel.open(
                        Loader.getCacheDir().toPath().resolve("tandem.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var lock = file.lock()) {
            Loader.load(natives);
        } catch (IOException e) {
            // No lock to be had, as on some network disks: then as JavaCPP does it.
            Loader.load(natives);
        }
    }

    private static boolean builtForCuda() {
        return Torch.class.getResource("/org/bytedeco/cuda/global/cudart.class") != null;
    }

    private static String reason(Throwable e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }

    /** How many threads an operator uses unless it is limited: a core each, or what {@code OMP_NUM_THREADS} says. */
    static synchronized int allThreads() {
        load();
        return allThreads;
    }
}
