package dev.tandem.workspace.settings;

import dev.tandem.foundation.MendableException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When somebody is told, and how. Written as a line of {@code alerts.rules}:
 *
 * <pre>
 * questions drift                        what is asked is not what the baseline asks, beyond chance
 * faithfulness falls by 0.05             worse than the baseline by at least so much, beyond chance
 * latency rises by 50%                   the same, as a share of the baseline
 * declined above 0.5 over 100            the mean of the newest 100 is beyond a bound
 * gate fails                             the gate of {@code tandem evaluate --gate}
 * ... to webhook, email                  by these channels; by all that are set up without it
 * </pre>
 *
 * @param text as it was written
 * @param channels by which it is told; empty for all that are set up
 */
public record AlertRule(String text, AlertMetric metric, Condition condition, Set<Channel> channels) {
    private static final int MOST = 200;
    private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,6})?)";
    private static final Pattern CHANGE = Pattern.compile("(falls|rises) by " + NUMBER + "(%?)");
    private static final Pattern BOUND = Pattern.compile("(above|below) " + NUMBER + " over (\\d{1,9})");

    public AlertRule {
        channels = Set.copyOf(channels);
    }

    /** Ways to tell. */
    public enum Channel {
        LOG,
        WEBHOOK,
        EMAIL;

        /** As rules and JSON have it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When. */
    public sealed interface Condition {
        /** Questions come from elsewhere than those of the baseline. */
        record Drift() implements Condition {}

        /**
         * The mean is worse than the baseline's, beyond chance.
         *
         * @param least by at least so much; 0 for however little
         * @param relative whether that is a share of the baseline's mean
         */
        record Change(double least, boolean relative) implements Condition {}

        /**
         * The mean of the newest observations is beyond a bound, whatever the baseline.
         *
         * @param above on which side
         * @param window how many observations
         */
        record Bound(boolean above, double value, int window) implements Condition {}

        /** A verdict is bad. */
        record Failure() implements Condition {}
    }

    /**
     * Reads a rule.
     *
     * @throws MendableException that says what a rule looks like
     */
    public static AlertRule parse(String text) {
        var words = text.strip().replaceAll("\\s+", " ");
        int to = words.lastIndexOf(" to ");
        var channels = to < 0 ? Set.<Channel>of() : channels(text, words.substring(to + 4));
        var said = to < 0 ? words : words.substring(0, to);
        int space = said.indexOf(' ');
        var name = space < 0 ? said : said.substring(0, space);
        var metric = AlertMetric.of(name).orElseThrow(() -> unknown(text, name));
        return new AlertRule(
                words,
                metric,
                condition(text, metric, said.substring(Math.max(space, 0)).strip()),
                channels);
    }

    private static Condition condition(String text, AlertMetric metric, String said) {
        Matcher change = CHANGE.matcher(said);
        Matcher bound = BOUND.matcher(said);
        switch (metric.kind()) {
            case VECTORS -> {
                if (said.equals("drift")) {
                    return new Condition.Drift();
                }
            }
            case VERDICT -> {
                if (said.equals("fails")) {
                    return new Condition.Failure();
                }
            }
            case SHARE, MILLISECONDS -> {
                if (change.matches()) {
                    return change(text, metric, change);
                }
                if (bound.matches()) {
                    return bound(text, metric, bound);
                }
            }
        }
        throw wrong(text, "write " + example(metric));
    }

    private static Condition change(String text, AlertMetric metric, Matcher change) {
        if (change.group(1).equals("rises") != metric.worseAbove()) {
            throw wrong(
                    text,
                    metric.key() + " is worse when it " + (metric.worseAbove() ? "rises" : "falls") + ": write "
                            + example(metric));
        }
        boolean relative = !change.group(3).isEmpty();
        double least = Double.parseDouble(change.group(2)) / (relative ? 100 : 1);
        if (!relative && metric.kind() == AlertMetric.Kind.SHARE && least > 1) {
            throw wrong(text, metric.key() + " is a number from 0 to 1: write " + example(metric));
        }
        return new Condition.Change(least, relative);
    }

    private static Condition bound(String text, AlertMetric metric, Matcher bound) {
        double value = Double.parseDouble(bound.group(2));
        int window = Integer.parseInt(bound.group(3));
        if (metric.kind() == AlertMetric.Kind.SHARE && value > 1) {
            throw wrong(text, metric.key() + " is a number from 0 to 1: write " + example(metric));
        }
        if (window < 1 || window > MOST) {
            throw wrong(text, "the newest 1 to " + MOST + " can be looked at, not " + window);
        }
        return new Condition.Bound(bound.group(1).equals("above"), value, window);
    }

    private static Set<Channel> channels(String text, String said) {
        var channels = EnumSet.noneOf(Channel.class);
        for (var name : said.split(" ?, ?| and ", -1)) {
            channels.add(java.util.Arrays.stream(Channel.values())
                    .filter(channel -> channel.key().equals(name))
                    .findFirst()
                    .orElseThrow(() -> wrong(text, "'" + name + "' is no channel: name log, webhook or email")));
        }
        return channels;
    }

    private static MendableException unknown(String text, String name) {
        return wrong(
                text,
                Suggestion.nearest(name, AlertMetric.keys())
                        .map(word -> "'" + name + "' is no metric: did you mean " + word + "?")
                        .orElse("it must begin with one of " + String.join(", ", AlertMetric.keys())));
    }

    private static MendableException wrong(String text, String mend) {
        return new MendableException(
                "the alert rule \"" + text + "\" cannot be read: " + mend + (mend.endsWith("?") ? "" : "."));
    }

    private static String example(AlertMetric metric) {
        return switch (metric.kind()) {
            case VECTORS -> "\"questions drift\"";
            case VERDICT -> "\"gate fails\"";
            case MILLISECONDS -> "\"latency rises by 50%\" or \"latency above 3000 over 50\"";
            case SHARE ->
                "\"" + metric.key() + (metric.worseAbove() ? " rises by 0.1\" or \"" : " falls by 0.05\" or \"")
                        + metric.key() + (metric.worseAbove() ? " above 0.5 over 100\"" : " below 0.7 over 50\"");
        };
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** How many of the newest observations it looks at, where it says. */
    public Optional<Integer> window() {
        return condition instanceof Condition.Bound(boolean above, double value, int window)
                ? Optional.of(window)
                : Optional.empty();
    }
}
