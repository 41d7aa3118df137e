package dev.tandem.bench;

import java.io.IOException;

/** Runs JMH's benchmarks: {@code bench/run Jmh SplittingBenchmark}; {@code -h} names JMH's own options. */
public final class Jmh {
    private Jmh() {}

    public static void main(String[] arguments) throws IOException {
        org.openjdk.jmh.Main.main(arguments);
    }
}
