package dev.tandem.workspace.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.settings.AlertRule.Channel;
import dev.tandem.workspace.settings.AlertRule.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRuleTest {
    @Test
    void rulesAreReadAsTheyAreWritten() {
        assertThat(AlertRule.parse("questions drift").condition()).isEqualTo(new Condition.Drift());
        assertThat(AlertRule.parse(" faithfulness  falls by 0.05 ").condition())
                .isEqualTo(new Condition.Change(0.05, false));
        assertThat(AlertRule.parse("latency rises by 50%").condition()).isEqualTo(new Condition.Change(0.5, true));
        assertThat(AlertRule.parse("declined above 0.5 over 100").condition())
                .isEqualTo(new Condition.Bound(true, 0.5, 100));
        assertThat(AlertRule.parse("gate fails").condition()).isEqualTo(new Condition.Failure());
        assertThat(AlertRule.parse("gate fails").channels()).isEmpty();
        assertThat(AlertRule.parse("gate fails to webhook, email").channels())
                .containsExactlyInAnyOrder(Channel.WEBHOOK, Channel.EMAIL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "faithfullness falls by 0.05 | did you mean faithfulness?",
                "speed rises by 3 | it must begin with one of questions",
                "faithfulness rises by 0.05 | worse when it falls",
                "declined rises by 10 | a number from 0 to 1",
                "declined above 50 over 100 | a number from 0 to 1",
                "declined above 0.5 over 100000 | the newest 1 to 200",
                "declined above 0.5 | write \"declined rises by 0.1\"",
                "questions rise | write \"questions drift\"",
                "gate fails to pager | is no channel: name log",
                "gate | write \"gate fails\"",
                "nothing | it must begin with",
                "latency rises by -5% | latency rises by 50%"
            })
    void aBrokenRuleSaysHowItIsWritten(String rule, String mend) {
        assertThatThrownBy(() -> AlertRule.parse(rule))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(mend);
    }

    @Test
    void aBrokenRuleOfAFileIsNamedWithItsLine() {
        var yaml = "alerts:\n  rules:\n    - questions drift\n    - faithfulness drops\n";

        assertThatThrownBy(() -> SettingsReader.read(yaml, "kb/tandem.yaml"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("kb/tandem.yaml:4:")
                .hasMessageContaining("faithfulness drops");
        assertThatThrownBy(() -> SettingsReader.read("alerts:\n  rules: questions drift\n", "t.yaml"))
                .hasMessageContaining("t.yaml:2: alerts.rules must be a list of rules");
        assertThatThrownBy(() -> SettingsReader.read("alerts:\n  rules:\n    - metric: questions\n", "t.yaml"))
                .hasMessageContaining("alerts.rules must be a list of rules");
    }

    @Test
    void rulesOfAFileTakeThePlaceOfTheUsualOnes() {
        var read = SettingsReader.read("alerts:\n  rules: [\"gate fails\"]\n", "t.yaml");

        assertThat(read.alerts().rules()).extracting(AlertRule::text).containsExactly("gate fails");
        assertThat(SettingsReader.read("alerts:\n  rules: []\n", "t.yaml")
                        .alerts()
                        .rules())
                .isEmpty();
        assertThat(WorkspaceSettings.DEFAULTS.alerts().rules())
                .extracting(AlertRule::text)
                .contains("questions drift", "gate fails");
    }
}
