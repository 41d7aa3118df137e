package dev.tandem.cli.console;

import dev.tandem.foundation.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress on stderr: a bar with rate and time left where a person watches, else a line now and then. */
public final class TerminalProgress implements Progress {
    private static final int REDRAW_MILLIS = 200;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final LongSupplier nanos;

    public TerminalProgress(Terminal terminal) {
        this(terminal, System::nanoTime);
    }

    /** @param nanos the time, from any beginning; lines alone go by it */
    TerminalProgress(Terminal terminal, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
    }

    @Override
    public Task start(String label, long total, String unit) {
        return terminal.interactiveErr() ? new Bar(label, total, unit) : new Lines(label, total, unit);
    }

    private final class Bar implements Task {
        private final String label;
        private final String unit;
        private volatile ProgressBar bar;

        Bar(String label, long total, String unit) {
            this.label = label;
            this.unit = unit;
            bar = bar(total, 0);
        }

        private ProgressBar bar(long total, long before) {
            return new ProgressBarBuilder()
                    .setTaskName(label)
                    .setInitialMax(total)
                    .startsFrom(before, Duration.ZERO)
                    .setUnit(" " + unit, 1)
                    .showSpeed()
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, terminal.width() - 1))
                    .build();
        }

        private void draw(String text) {
            terminal.err().print("\r" + text);
            terminal.err().flush();
        }

        @Override
        public void step(long steps) {
            bar.stepBy(steps);
        }

        @Override
        public void total(long total) {
            bar.maxHint(total);
        }

        /** A bar anew: only when it begins can it be told where from. */
        @Override
        public void before(long steps) {
            if (steps > 0) {
                long total = bar.getMax();
                bar.close();
                bar = bar(total, steps);
            }
        }

        @Override
        public void note(String words) {
            bar.setExtraMessage(" " + words);
        }

        /** The bar goes when its work is done: what follows says what was done. */
        @Override
        public void close() {
            bar.close();
            terminal.err().print("\r" + " ".repeat(terminal.width() - 1) + "\r");
            terminal.err().flush();
        }
    }

    private final class Lines implements Task {
        private final String label;
        private final String unit;
        private final long start = nanos.getAsLong();
        private final AtomicLong done = new AtomicLong();
        private final AtomicLong nextLine = new AtomicLong(start + BETWEEN_LINES.toNanos());
        private volatile long total;
        private volatile long before;
        private volatile String note = "";

        Lines(String label, long total, String unit) {
            this.label = label;
            this.total = total;
            this.unit = unit;
        }

        @Override
        public void step(long steps) {
            long now = nanos.getAsLong();
            long count = done.addAndGet(steps);
            long due = nextLine.get();
            if (now >= due && nextLine.compareAndSet(due, now + BETWEEN_LINES.toNanos())) {
                terminal.remark(line(count, now) + (note.isEmpty() ? "" : ", " + note));
            }
        }

        private String line(long count, long now) {
            double rate = (count - before) / ((now - start) / 1e9);
            var speed = String.format(Locale.ROOT, "%.1f %s/s", rate, unit);
            if (total <= 0 || count == before) {
                return label + ": " + count + " " + unit + ", " + speed;
            }
            var left = Duration.ofSeconds(Math.round((total - count) / rate));
            return String.format(
                    Locale.ROOT,
                    "%s: %d of %d %s, %s, %d:%02d left",
                    label,
                    count,
                    total,
                    unit,
                    speed,
                    left.toMinutes(),
                    left.toSecondsPart());
        }

        @Override
        public void total(long known) {
            total = known;
        }

        @Override
        public void before(long steps) {
            before = steps;
            done.addAndGet(steps);
        }

        @Override
        public void note(String words) {
            note = words;
        }
    }
}
