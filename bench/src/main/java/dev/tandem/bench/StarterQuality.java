package dev.tandem.bench;

import dev.tandem.bench.starter.References;
import dev.tandem.bench.starter.Sources;
import dev.tandem.bench.starter.Tasks;
import dev.tandem.bench.starter.Trial;
import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.tuning.training.TuningSettings.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Tunes the starter on tasks that it did not learn from, each within a time limit, and lets it say the test sets:
 * {@code laptop-full}, {@code laptop-lora} (RNNLG's laptops; train, a part of valid to watch, test) and {@code e2e-full} (E2E's
 * devset.csv, a twelfth of its meanings to watch; testset_w_refs.csv). {@code reference/tuning/bleu.py} then computes BLEU
 * from OUT/TASK/predictions.jsonl.
 *
 * <p>Arguments: the starter's folder, the data folder, where to write, minutes a task (15 unless given), tasks apart by commas
 * (all unless given), epochs (5), how many test inputs are answered (all),
 * and the learning rate (1e-3 for full tuning, 3e-3 for LoRA).
 */
public final class StarterQuality {
    private static final int WATCHED = 200;

    private StarterQuality() {}

    private record Task(
            String name,
            Method method,
            List<Tasks.Dialogue> training,
            List<Tasks.Dialogue> heldOut,
            List<Tasks.Dialogue> test) {}

    public static void main(String[] arguments) throws IOException {
        var starter = Path.of(arguments[0]);
        var data = Path.of(arguments[1]);
        var out = Path.of(arguments[2]);
        int minutes = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 15;
        var wanted = List.of((arguments.length > 4 ? arguments[4] : "laptop-full,laptop-lora,e2e-full").split(",", -1));
        int epochs = arguments.length > 5 ? Integer.parseInt(arguments[5]) : 5;
        int inputs = arguments.length > 6 ? Integer.parseInt(arguments[6]) : Integer.MAX_VALUE;
        double rate = arguments.length > 7 ? Double.parseDouble(arguments[7]) : 0;
        var progress = new TerminalProgress(Terminal.ofProcess());
        try (var interrupt = Interrupt.watch()) {
            for (var name : wanted) {
                var task = task(name, data);
                var trial = new Trial(
                        starter,
                        out.resolve(name),
                        task.method(),
                        epochs,
                        rate > 0 ? rate : task.method() == Method.FULL ? 1e-3 : 3e-3,
                        Duration.ofMinutes(minutes));
                long began = System.nanoTime();
                var worked = worked();
                var result = trial.tune(task.training(), task.heldOut(), progress, interrupt::asked);
                System.out.printf(
                        "%s: %d updates, %,d tokens in %.0f s (%.0f s of a core), held-out loss %.4f (base %.4f), %s%n",
                        name,
                        result.updates(),
                        result.tokens(),
                        (System.nanoTime() - began) / 1e9,
                        worked().minus(worked).toMillis() / 1e3,
                        result.bestLoss(),
                        result.baseLoss(),
                        result.ending());
                trial.predict(task.test(), inputs, progress);
            }
        }
    }

    /** What the cores have done for this process: on a machine that others use too, says more than the clock. */
    private static Duration worked() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Task task(String name, Path data) {
        var method = name.endsWith("lora") ? Method.LORA : Method.FULL;
        if (name.startsWith("laptop")) {
            var folder = data.resolve("rnnlg").resolve("laptop");
            var valid = new ArrayList<>(Sources.rnnlg(folder.resolve("valid.json")));
            Collections.shuffle(valid, new Random(1));
            return new Task(
                    name,
                    method,
                    Sources.rnnlg(folder.resolve("train.json")),
                    valid.subList(0, WATCHED),
                    Sources.rnnlg(folder.resolve("test.json")));
        }
        var training = new ArrayList<Tasks.Dialogue>();
        var heldOut = new ArrayList<Tasks.Dialogue>();
        for (var each : References.e2e(data.resolve("e2e-nlg").resolve("devset.csv"))) {
            // By meaning, so that no meaning is on both sides.
            (Math.floorMod(each.act().hashCode(), 12) == 0 ? heldOut : training).add(each);
        }
        return new Task(
                name,
                method,
                training,
                heldOut.subList(0, Math.min(WATCHED, heldOut.size())),
                References.e2e(data.resolve("e2e-nlg").resolve("testset_w_refs.csv")));
    }
}
