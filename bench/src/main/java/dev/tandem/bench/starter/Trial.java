package dev.tandem.bench.starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.generation.Generator;
import dev.tandem.decoder.generation.Sampling;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.method.LoraSettings;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;

/**
 * One fine-tuning of the starter on a narrow task within a time limit, and what it then says to the test set's inputs, greedily.
 *
 * @param starter the model's folder
 * @param out where tuned weights, predictions and references go
 * @param method full or lora
 * @param epochs passes planned; the learning rate falls to zero over them
 * @param rate the highest learning rate
 * @param limit after which training ends with the best weights so far
 */
public record Trial(Path starter, Path out, TuningSettings.Method method, int epochs, double rate, Duration limit) {
    private static final int LONGEST = 320;
    private static final int MOST_NEW = 120;
    private static final int ROWS = 48;

    /** Tunes. */
    public TrainingRun.Result tune(
            List<Tasks.Dialogue> training, List<Tasks.Dialogue> heldOut, Progress progress, BooleanSupplier asked)
            throws IOException {
        Files.createDirectories(out);
        write(out.resolve("train.jsonl"), training);
        write(out.resolve("valid.jsonl"), heldOut);
        long end = System.nanoTime() + limit.toNanos();
        boolean full = method == TuningSettings.Method.FULL;
        var defaults = TuningSettings.of(method);
        var settings = new TuningSettings(
                method,
                new LoraSettings(64, 128, 0, false, false, List.of()),
                defaults.virtualTokens(),
                defaults.initialText(),
                epochs,
                16,
                1,
                rate,
                defaults.warmup(),
                full ? 0.05 : 0,
                1,
                LONGEST,
                100,
                8,
                true,
                1,
                0);
        var job = new TuningJob(
                starter,
                out.resolve("train.jsonl"),
                Optional.of(out.resolve("valid.jsonl")),
                Optional.empty(),
                out.resolve("tuned"),
                settings,
                Placement.best(Precision.BFLOAT16));
        return job.run(
                progress,
                NativeMemory.now(),
                System.err::println,
                () -> asked.getAsBoolean() || System.nanoTime() > end);
    }

    private static void write(Path file, List<Tasks.Dialogue> dialogues) throws IOException {
        Files.write(
                file,
                dialogues.stream()
                        .map(dialogue -> Lines.chat(dialogue.act(), dialogue.text()))
                        .toList());
    }

    /**
     * Answers each input once and writes {@code predictions.jsonl}: {@code {"input", "prediction", "references"}}.
     *
     * @param test inputs, which may come again with other references
     * @param most inputs that are answered, evenly spread
     */
    public void predict(List<Tasks.Dialogue> test, int most, Progress progress) throws IOException {
        var references = new LinkedHashMap<String, List<String>>();
        test.forEach(each ->
                references.computeIfAbsent(each.act(), key -> new ArrayList<>()).add(each.text()));
        var inputs = new ArrayList<String>();
        int count = Math.min(most, references.size());
        var all = List.copyOf(references.keySet());
        for (int i = 0; i < count; i++) {
            inputs.add(all.get((int) ((long) i * all.size() / count)));
        }
        inputs.sort(Comparator.comparingInt(String::length));
        boolean full = method == TuningSettings.Method.FULL;
        var tuned = out.resolve("tuned");
        var lines = new ArrayList<String>();
        try (var scope = new PointerScope();
                var task = progress.start("Answering", inputs.size(), "inputs");
                var tokenizer = Tokenizer.open(starter);
                var decoder = Decoder.open(
                        full ? tuned : starter, Placement.best(Precision.BFLOAT16), Decoder.Storage.PLAIN)) {
            if (full) {
                answer(inputs, references, new Generator(decoder, tokenizer, Map.of()), tokenizer, lines, task);
            } else {
                try (var adapter = Adapter.attach(tuned, "tuned", decoder)) {
                    var generator = new Generator(decoder, tokenizer, Map.of("tuned", adapter));
                    answer(inputs, references, generator, tokenizer, lines, task);
                }
            }
        }
        Files.write(out.resolve("predictions.jsonl"), lines);
    }

    private void answer(
            List<String> inputs,
            Map<String, List<String>> references,
            Generator generator,
            Tokenizer tokenizer,
            List<String> lines,
            Progress.Task task) {
        var adapter = method == TuningSettings.Method.FULL ? Optional.<String>empty() : Optional.of("tuned");
        var sampling = new Sampling(0, 0, 1, 0, 1, MOST_NEW, List.of(), 0);
        for (int from = 0; from < inputs.size(); from += ROWS) {
            var some = inputs.subList(from, Math.min(inputs.size(), from + ROWS));
            var requests = some.stream()
                    .map(input -> {
                        var chat = tokenizer.chat(List.of(Map.of("role", "user", "content", input)), true);
                        return new Generator.Request(tokenizer.encode(chat, false), adapter, sampling);
                    })
                    .toList();
            var made = generator.generate(requests, (number, more) -> {}, () -> false);
            for (int i = 0; i < some.size(); i++) {
                lines.add(line(some.get(i), made.get(i).text(), references.getOrDefault(some.get(i), List.of())));
            }
            task.step(some.size());
        }
    }

    private static String line(String input, String prediction, List<String> references) {
        var json = new ObjectMapper();
        var node = json.createObjectNode().put("input", input).put("prediction", prediction);
        references.forEach(node.putArray("references")::add);
        try {
            return json.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
