package dev.tandem.decoder.torch;

import org.bytedeco.pytorch.global.torch;

/**
 * How many threads the calling thread's operators use, until it is closed. Matrix products of one row have threads of
 * their own, which this leaves alone.
 *
 * @param before what holds again afterwards
 */
public record ThreadLimit(int before) implements AutoCloseable {
    /** Sets a limit. */
    public static ThreadLimit of(int threads) {
        Torch.load();
        int before = torch.get_num_threads();
        torch.set_num_threads(threads);
        return new ThreadLimit(before);
    }

    /** Changes nothing. */
    public static ThreadLimit none() {
        Torch.load();
        return new ThreadLimit(torch.get_num_threads());
    }

    @Override
    public void close() {
        torch.set_num_threads(before);
    }
}
