package dev.tandem.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.evaluation.gate.GateCheck;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.gate.GateStatus;
import dev.tandem.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateAlertTest {
    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    private static GateOutcome outcome(String run, GateStatus status) {
        return new GateOutcome(
                run,
                Optional.empty(),
                List.of(new GateCheck(
                        "faithfulness",
                        GateCheck.Kind.THRESHOLD,
                        "faithfulness",
                        "at least 0.850",
                        Optional.of(0.7),
                        Optional.empty(),
                        status,
                        "faithfulness is 0.700, but should be at least 0.850.")));
    }

    @Test
    void aGateThatFailsIsToldOnceAndWhenItPassesAgain() {
        var workspace = Workspace.create(folder.resolve("kb"));

        GateAlert.tell(workspace, outcome("r-0", GateStatus.PASSED), Map.of(), told::add);
        assertThat(told).isEmpty();
        GateAlert.tell(workspace, outcome("r-1", GateStatus.FAILED), Map.of(), told::add);
        GateAlert.tell(workspace, outcome("r-2", GateStatus.FAILED), Map.of(), told::add);
        assertThat(told)
                .singleElement()
                .asString()
                .contains("gate fails", "failed on run r-1", "should be at least 0.850", "tandem runs show r-1");
        GateAlert.tell(workspace, outcome("r-3", GateStatus.PASSED), Map.of(), told::add);
        assertThat(told).hasSize(2);
        assertThat(told.getLast()).contains("mended", "passes again, on run r-3");
    }

    @Test
    void nobodyIsToldWithoutARule() throws Exception {
        var workspace = Workspace.create(folder.resolve("quiet"));
        Files.writeString(
                workspace.folder().resolve(Workspace.SETTINGS_FILE), "alerts: {rules: [\"questions drift\"]}\n");

        GateAlert.tell(Workspace.at(workspace.folder()), outcome("r-1", GateStatus.FAILED), Map.of(), told::add);

        assertThat(told).isEmpty();
    }
}
