package dev.tandem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.Exchange;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Judgements a second of the embedded judge, on all cores, and for each second of a core (which a busy machine distorts less).
 * A fresh judge each time, so that no context is known from the time before; the first time warms up.
 *
 * <p>Arguments: labelled files as in {@code shared/data/faithfulness}; their labels are not looked at.
 */
public final class JudgeSpeed {
    private static final int TIMES = 3;

    private JudgeSpeed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (var argument : arguments) {
            var exchanges = read(Path.of(argument));
            var name = Path.of(argument).getFileName().toString();
            var unasked = exchanges.stream()
                    .map(each -> new Exchange(each.context(), each.answer(), Optional.empty()))
                    .toList();
            for (int time = 0; time < TIMES; time++) {
                measure(name + " with questions", exchanges);
                measure(name + " without", unasked);
            }
        }
    }

    private static List<Exchange> read(Path file) throws IOException {
        var json = new JsonMapper();
        var exchanges = new ArrayList<Exchange>();
        for (var line : Files.readAllLines(file)) {
            var node = json.readTree(line);
            var question = node.path("question").asText("");
            exchanges.add(new Exchange(
                    List.of(node.get("context").asText()),
                    node.get("response").asText(),
                    question.isEmpty() ? Optional.empty() : Optional.of(question)));
        }
        return exchanges;
    }

    private static void measure(String name, List<Exchange> exchanges) throws InterruptedException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (var judge = EmbeddedJudge.open();
                var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            long cpu = system.getProcessCpuTime();
            long began = System.nanoTime();
            pool.invokeAll(exchanges.stream()
                    .map(exchange -> (Callable<Object>) () -> judge.judge(exchange))
                    .toList());
            double wall = (System.nanoTime() - began) / 1e9;
            double core = (system.getProcessCpuTime() - cpu) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d judgements, %.2f s on %d cores (%.0f a second), %.2f processor seconds (%.0f a core second)%n",
                    name,
                    exchanges.size(),
                    wall,
                    Runtime.getRuntime().availableProcessors(),
                    exchanges.size() / wall,
                    core,
                    exchanges.size() / core);
        }
    }
}
