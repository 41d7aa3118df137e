package dev.tandem.server.watch;

import dev.tandem.foundation.MendableException;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.alert.Alert;
import dev.tandem.workspace.alert.Alerts;
import dev.tandem.workspace.settings.AlertRule;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people once that something is wrong, and once that it is mended. What a channel did not take is tried again for as long as the
 * alert is open ({@link #tryAgain}). Safe for use by several threads.
 */
public final class AlertDesk {
    private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);

    private final String workspace;
    private final AlertBook book;
    private final Alerts channels;
    private final Clock clock;

    /** @param workspace its folder's name, for people */
    public AlertDesk(String workspace, ServerDatabase database, Alerts channels, Clock clock) {
        this.workspace = workspace;
        this.book = new AlertBook(database);
        this.channels = channels;
        this.clock = clock;
    }

    /**
     * What is to be told.
     *
     * @param look what to look at
     */
    public record Finding(String sentence, String look, Optional<Double> value, Optional<Double> baseline) {
        /** Without numbers. */
        public Finding(String sentence, String look) {
            this(sentence, look, Optional.empty(), Optional.empty());
        }
    }

    /** Tells that a rule's condition holds, unless it was told before; whether it was told now. */
    public boolean fire(AlertRule rule, Finding finding) {
        var alert = new FiredAlert(
                "alert_" + UUID.randomUUID().toString().replace("-", "").substring(0, 20),
                rule.text(),
                rule.metric().key(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                finding.sentence(),
                finding.look(),
                finding.value(),
                finding.baseline(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        if (!book.fire(alert)) {
            return false;
        }
        tell(alert, Alert.State.FIRED, finding.sentence(), rule.channels());
        return true;
    }

    /** Tells that a rule's condition no longer holds, if it was told that it did; whether it was told now. */
    public boolean mend(AlertRule rule, String sentence) {
        var open = book.open(rule.text());
        if (open.isEmpty() || !book.mend(open.get().id(), clock.instant().truncatedTo(ChronoUnit.MILLIS), sentence)) {
            return false;
        }
        tell(open.get(), Alert.State.MENDED, sentence, rule.channels());
        return true;
    }

    /** Closes what was told by rules that are no longer in tandem.yaml. */
    public void forgetOthers(List<AlertRule> rules) {
        for (var open : book.open()) {
            if (rules.stream().noneMatch(rule -> rule.text().equals(open.rule()))) {
                book.mend(open.id(), clock.instant(), "The rule was taken out of tandem.yaml.");
            }
        }
    }

    /** Tries those channels again that did not take an alert that is open. */
    public void tryAgain() {
        for (var open : book.open()) {
            var failed = open.deliveries().stream()
                    .filter(each -> each.trouble().isPresent() && each.state().equals(Alert.State.FIRED.key()))
                    .map(FiredAlert.Delivered::channel)
                    .toList();
            if (!failed.isEmpty()) {
                var left = java.util.Arrays.stream(AlertRule.Channel.values())
                        .filter(channel -> failed.contains(channel.key()))
                        .collect(java.util.stream.Collectors.toSet());
                tell(open, Alert.State.FIRED, open.sentence(), left);
            }
        }
    }

    /** Tells that nothing is wrong, by all channels that are set up. */
    public List<Alerts.Delivery> test() {
        return channels.send(
                new Alert(
                        "alert_test_" + Long.toString(clock.millis(), 36),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        Alert.State.TEST,
                        workspace,
                        "test",
                        "test",
                        "This is a test: nothing is wrong, and alerts of this workspace arrive here.",
                        "",
                        Optional.empty(),
                        Optional.empty()),
                Set.of());
    }

    private void tell(FiredAlert fired, Alert.State state, String sentence, Set<AlertRule.Channel> to) {
        var told = channels.send(
                new Alert(
                        fired.id(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        state,
                        workspace,
                        fired.rule(),
                        fired.metric(),
                        sentence,
                        fired.look(),
                        fired.value(),
                        fired.baseline()),
                to);
        var deliveries = new ArrayList<FiredAlert.Delivered>();
        for (var delivery : told) {
            delivery.trouble().ifPresent(trouble -> LOG.warn("An alert was not told: {}", trouble));
            deliveries.add(new FiredAlert.Delivered(
                    delivery.channel().key(), delivery.address(), state.key(), delivery.trouble()));
        }
        fired.deliveries().stream()
                .filter(before -> deliveries.stream()
                        .noneMatch(now -> now.channel().equals(before.channel())
                                && now.state().equals(before.state())))
                .forEach(deliveries::addFirst);
        try {
            book.delivered(fired.id(), deliveries);
        } catch (MendableException e) {
            LOG.warn("What became of an alert is not kept: {}", e.getMessage());
        }
    }
}
