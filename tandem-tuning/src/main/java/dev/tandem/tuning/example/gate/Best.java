package dev.tandem.tuning.example.gate;

/**
 * A likeness and the line that has it in one number, so that many threads can keep the highest without locks, and of equal
 * ones the first line, whatever their order. 0 is nothing.
 */
final class Best {
    private Best() {}

    static long of(double likeness, int line) {
        return (long) Float.floatToIntBits((float) likeness) << 32 | Integer.MAX_VALUE - line;
    }

    static double likeness(long best) {
        return Float.intBitsToFloat((int) (best >>> 32));
    }

    static int line(long best) {
        return Integer.MAX_VALUE - (int) best;
    }
}
