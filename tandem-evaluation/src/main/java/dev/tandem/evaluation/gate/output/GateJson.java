package dev.tandem.evaluation.gate.output;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.evaluation.gate.GateCheck;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.gate.GateStatus;
import dev.tandem.foundation.WellFormedText;
import java.util.Locale;

/** An outcome as a JSON object; a value that there is not is null. */
public final class GateJson {
    private static final JsonMapper JSON = new JsonMapper();

    private GateJson() {}

    /** {@code {"run", "baseline", "passed", "failed", "not_measured", "checks": [...]}}. */
    public static ObjectNode of(GateOutcome outcome) {
        var object = JSON.createObjectNode();
        object.put("run", WellFormedText.of(outcome.run()));
        object.put("baseline", outcome.baseline().map(WellFormedText::of).orElse(null));
        object.put("passed", outcome.passed());
        object.put("failed", outcome.count(GateStatus.FAILED));
        object.put("not_measured", outcome.count(GateStatus.NOT_MEASURED));
        var checks = object.putArray("checks");
        outcome.checks().forEach(check -> checks.add(of(check)));
        return object;
    }

    private static ObjectNode of(GateCheck check) {
        var object = JSON.createObjectNode();
        object.put("name", WellFormedText.of(check.name()));
        object.put("kind", check.kind().name().toLowerCase(Locale.ROOT));
        object.put("metric", check.metric());
        object.put("threshold", check.threshold());
        object.put("value", check.value().orElse(null));
        object.put("low", check.interval().map(interval -> interval.low()).orElse(null));
        object.put("high", check.interval().map(interval -> interval.high()).orElse(null));
        object.put("status", check.status().key());
        object.put("sentence", WellFormedText.of(check.sentence()));
        return object;
    }
}
