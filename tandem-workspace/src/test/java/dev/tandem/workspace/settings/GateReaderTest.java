package dev.tandem.workspace.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.evaluation.gate.GateSettings;
import dev.tandem.evaluation.gate.GateSettings.Regressions;
import dev.tandem.evaluation.gate.Threshold;
import dev.tandem.evaluation.gate.Threshold.Bound;
import dev.tandem.foundation.MendableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateReaderTest {
    @Test
    void thresholdsAreReadInTheirOrderWithTypeAndRequirement() {
        var settings = read("""
                thresholds:
                  recall@3:
                    min: 0.8
                    require: true
                  f1:
                    - min: 0.5
                    - min: 0.7
                      type: changed
                  latency_p95_ms: {max: 500}
                  bleu: {min: 0.2, max: 0.9}
                regressions:
                  tolerance: 0.05
                  metrics:
                    f1: 0.01
                    latency_ms: 0.2
                missing: 0.1
                """);
        assertThat(settings.thresholds())
                .containsExactly(
                        new Threshold("recall@3", "all", Bound.MIN, 0.8, true),
                        new Threshold("f1", "all", Bound.MIN, 0.5, false),
                        new Threshold("f1", "changed", Bound.MIN, 0.7, false),
                        new Threshold("latency_p95_ms", "all", Bound.MAX, 500, false),
                        new Threshold("bleu", "all", Bound.MIN, 0.2, false),
                        new Threshold("bleu", "all", Bound.MAX, 0.9, false));
        assertThat(settings.regressions()).isEqualTo(new Regressions(0.05, Map.of("f1", 0.01, "latency_ms", 0.2)));
        assertThat(settings.missing()).isEqualTo(0.1);
    }

    @Test
    void whatIsLeftOutHasItsDefaultAndWhatIsThereReplacesIt() {
        assertThat(read("")).isEqualTo(GateSettings.DEFAULTS);
        assertThat(read("# nothing\n")).isEqualTo(GateSettings.DEFAULTS);
        var settings = read("thresholds: {f1: {min: 0.5}}\n");
        assertThat(settings.thresholds()).hasSize(1);
        assertThat(settings.regressions()).isEqualTo(GateSettings.DEFAULTS.regressions());
        assertThat(read("thresholds:\n").thresholds()).isEmpty();
    }

    @Test
    void theDocumentationShowsTheDefaults() throws Exception {
        var documentation = Files.readString(Path.of("../docs/evaluation.md"));
        int from = documentation.indexOf("```yaml\n# gate.yaml") + "```yaml\n".length();
        assertThat(read(documentation.substring(from, documentation.indexOf("```", from))))
                .isEqualTo(GateSettings.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            thresholds:\\n  fathfulness: {min: 0.8}          | gate.yaml:2: unknown key fathfulness in thresholds: did you mean faithfulness?
            thresholds:\\n  recall@0: {min: 0.8}             | gate.yaml:2: unknown key recall@0 in thresholds
            thresholds:\\n  f1: {min: .nan}                  | gate.yaml:2: thresholds.f1.min must be a number from 0 to 1, not ".nan".
            thresholds:\\n  f1:\\n    min: NaN               | gate.yaml:3: thresholds.f1.min must be a number from 0 to 1, not "NaN".
            thresholds:\\n  f1:\\n    min: high              | gate.yaml:3: thresholds.f1.min must be a number from 0 to 1, not "high".
            thresholds:\\n  f1:\\n    min: 80                | gate.yaml:3: thresholds.f1.min must be a number from 0 to 1, not "80".
            thresholds:\\n  f1:\\n    min: "0.8"             | gate.yaml:3: thresholds.f1.min must be a number from 0 to 1
            thresholds:\\n  cost: {max: -1}                  | gate.yaml:2: thresholds.cost.max must be a number of at least 0, not "-1".
            thresholds:\\n  cost: {max: .inf}                | gate.yaml:2: thresholds.cost.max must be a number of at least 0
            thresholds:\\n  bleu: {min: 40}                  | gate.yaml:2: thresholds.bleu.min must be a number from 0 to 1, not "40".
            thresholds:\\n  f1: {}                           | gate.yaml:2: thresholds.f1 asks for nothing: give it a min or a max.
            thresholds:\\n  f1: 0.8                          | gate.yaml:2: thresholds.f1 must hold keys, like min: ..., not "0.8".
            thresholds:\\n  f1: {min: 0.8, max: 0.5}         | gate.yaml:2: thresholds.f1 has a min above its max
            thresholds:\\n  f1: {min: 0.8, type: hard}       | gate.yaml:2: the type "hard" is none: write all, answerable, changed
            thresholds:\\n  f1: {min: 0.8, require: yes}     | gate.yaml:2: thresholds.f1.require must be true or false, not "yes".
            thresholds:\\n  f1: [{min: 0.8}, {min: 0.7}]     | gate.yaml:2: f1 has the same bound twice: keep one of them.
            thresholds:\\n  f1: {min: 1}\\n  f1: {min: 0}    | gate.yaml:3: thresholds.f1 stands twice: keep one of them.
            thresholds: 3                                    | gate.yaml:1: thresholds must hold keys
            threshold:\\n  f1: {min: 1}                      | gate.yaml:1: unknown key threshold: did you mean thresholds?
            missing: 5                                       | gate.yaml:1: missing must be a number from 0 to 1, not "5".
            regressions:\\n  tolerance: [1]                  | gate.yaml:2: regressions.tolerance must be a number from 0 to 1, not a list.
            regressions:\\n  metrics: {accuracy2: 1}         | gate.yaml:2: unknown key accuracy2 in regressions.metrics
            thresholds: [                                    | gate.yaml:1: this is not valid YAML
            """)
    void whatIsWrongIsSaidWithItsLine(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml.strip().replace("\\n", "\n")))
                .isInstanceOf(MendableException.class)
                .message()
                .startsWith(message.strip());
    }

    private static GateSettings read(String yaml) {
        return GateReader.read(yaml, "gate.yaml");
    }
}
