package dev.tandem.decoder.torch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory that tensors can have, outside of Java's heap.
 *
 * @param total of the machine or the container, in bytes
 * @param available of it, in bytes, what the system would give up its caches for included
 */
public record NativeMemory(long total, long available) {
    /** As if there were always more. */
    public static final NativeMemory UNLIMITED = new NativeMemory(Long.MAX_VALUE, Long.MAX_VALUE);

    private static final Path LINUX = Path.of("/proc/meminfo");

    /** What there is now. */
    public static NativeMemory now() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long total = system.getTotalMemorySize();
        // In a container the bean counts what is left of its limit; on a whole machine it counts caches as used.
        return new NativeMemory(total, Math.min(total, Math.max(system.getFreeMemorySize(), availableOnLinux(total))));
    }

    private static long availableOnLinux(long total) {
        if (!Files.isReadable(LINUX)) {
            return 0;
        }
        try {
            long machine = kilobytes("MemTotal:") << 10;
            // The file tells of the machine: of no use to a container that may have only a part of it.
            return total >= machine * 0.99 ? kilobytes("MemAvailable:") << 10 : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long kilobytes(String name) throws IOException {
        try (var lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** What the process holds now, in bytes; 0 where the system does not tell. */
    public static long held() {
        return Pointer.physicalBytes();
    }

    /** Whether an exception is libtorch's way of saying that it got no memory. */
    public static boolean isShort(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
                .anyMatch(message -> message.contains("can't allocate memory")
                        || message.contains("not enough memory: you tried to allocate")
                        || message.contains("cuda out of memory"));
    }
}
