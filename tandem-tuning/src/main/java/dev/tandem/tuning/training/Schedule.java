package dev.tandem.tuning.training;

/**
 * The learning rate of each update: a straight rise, then half a cosine down to zero (Loshchilov and Hutter 2017, without
 * restarts).
 *
 * @param highest reached at the end of the rise
 * @param warmup updates of the rise
 * @param total updates in all
 */
record Schedule(double highest, long warmup, long total) {
    /** @param update counted from 0 */
    double at(long update) {
        if (update < warmup) {
            return highest * (update + 1) / (warmup + 1);
        }
        double share = (double) (update - warmup) / Math.max(1, total - warmup);
        return highest * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, share)));
    }
}
