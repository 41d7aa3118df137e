package dev.tandem.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.bench.starter.Sources;
import dev.tandem.bench.starter.StarterFolder;
import dev.tandem.bench.starter.Tasks;
import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.pretraining.BytePairTrainer;
import dev.tandem.tuning.pretraining.NewModel;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Makes the starter model: gathers the texts and the tasks, learns the tokenizer, and trains a small model from random weights.
 * All of it follows from the data and the seeds. A run that was broken off goes on from its last checkpoint when the same
 * command is given again, with the data that it gathered at first.
 *
 * <p>Arguments: the folder that holds {@code text}, {@code kb-18f} and {@code rnnlg}; where the model goes; how many million
 * tokens are made (10 unless given, which take two cores about 40 minutes), how often each is learned (once), and how many
 * examples an update has (16). It trains on the GPU where there is one.
 */
public final class MakeStarter {
    private static final int VOCABULARY = 4_096;
    private static final double CHARACTERS_A_TOKEN = 3.4;
    private static final double FREE_TEXT = 0.2;
    private static final int HELD_OUT_TEXTS = 16;
    private static final int HELD_OUT_TASKS = 112;
    private static final int MOST_PASSES = 4;
    private static final Pattern WORD_ENDS = Pattern.compile("[^A-Za-z]+");
    private static final String END = "<|im_end|>";
    private static final List<String> SPECIAL = List.of("<|endoftext|>", "<|im_start|>", END);
    private static final NewModel SHAPE = new NewModel(VOCABULARY, 256, 6, 8, 4, 768, 1_024);
    private static final String TEMPLATE =
            "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '" + END
                    + "\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private MakeStarter() {}

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[0]);
        var out = Path.of(arguments[1]);
        int millions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        int epochs = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        int examplesAnUpdate = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 16;
        var base = out.resolve("untrained");
        var training = out.resolve("training.jsonl");
        var heldOut = out.resolve("held-out.jsonl");
        var run = out.resolve("run");
        if (Files.exists(out.resolve("starter").resolve("starter.json"))) {
            throw new MendableException(
                    out.resolve("starter") + " is made already: name another folder to make one anew.");
        }
        var sources = new Sources(data).read();
        if (!Files.exists(base.resolve("model.safetensors"))) {
            Files.createDirectories(out);
            gather(new Sources(data), sources, millions * 1_000_000L, training, heldOut);
            tokenizer(training, base);
            SHAPE.write(base, Precision.BFLOAT16, SPECIAL.indexOf(END), 1);
        }
        var job = new TuningJob(
                base,
                training,
                Optional.of(heldOut),
                Optional.empty(),
                run,
                settings(epochs, examplesAnUpdate),
                Placement.best(Precision.BFLOAT16));
        try (var interrupt = Interrupt.watch()) {
            var result = job.run(
                    new TerminalProgress(Terminal.ofProcess()),
                    NativeMemory.now(),
                    System.err::println,
                    interrupt::asked);
            System.out.println(result);
            if (result.ending() == TrainingRun.Ending.CANCELLED) {
                System.out.println("Broken off; the same command goes on.");
                return;
            }
            new StarterFolder(run, out.resolve("starter"))
                    .write(command(millions, epochs, examplesAnUpdate), sources, result);
        }
    }

    private static String command(int millions, int epochs, int examplesAnUpdate) {
        return "bench/run MakeStarter DATA OUT " + millions + " " + epochs + " " + examplesAnUpdate;
    }

    private static TuningSettings settings(int epochs, int examplesAnUpdate) {
        var defaults = TuningSettings.of(TuningSettings.Method.FULL);
        return new TuningSettings(
                TuningSettings.Method.FULL,
                defaults.lora(),
                defaults.virtualTokens(),
                defaults.initialText(),
                epochs,
                examplesAnUpdate,
                1,
                2e-3,
                0.04,
                0.1,
                1,
                384,
                200,
                1_000,
                true,
                1,
                0);
    }

    /** A part of free texts, the rest tasks, in one order; the held-out file has texts and tasks that are not among them. */
    private static void gather(Sources files, List<Sources.Source> sources, long tokens, Path training, Path heldOut)
            throws IOException {
        var texts = new ArrayList<String>();
        sources.forEach(source -> texts.addAll(source.lines()));
        Collections.shuffle(texts, new Random(1));
        var held = new ArrayList<>(texts.subList(0, HELD_OUT_TEXTS));
        texts.subList(0, HELD_OUT_TEXTS).clear();
        var words = words(texts);
        long characters = Math.round(tokens * CHARACTERS_A_TOKEN);
        var lines = new ArrayList<String>();
        long used = 0;
        for (int at = 0; used < characters * FREE_TEXT && at < texts.size() * MOST_PASSES; at++) {
            var line = texts.get(at % texts.size());
            lines.add(line);
            used += line.length();
        }
        var tasks = new Tasks(1, files.people(), files.dialogues("train"), words);
        while (used < characters) {
            var line = tasks.next();
            lines.add(line);
            used += line.length();
        }
        Collections.shuffle(lines, new Random(2));
        Files.write(training, lines);
        var others = new Tasks(2, files.people(), files.dialogues("valid"), words);
        for (int i = 0; i < HELD_OUT_TASKS; i++) {
            held.add(others.next());
        }
        Files.write(heldOut, held);
    }

    private static List<String> words(List<String> texts) {
        var words = new TreeSet<String>();
        for (var text : texts.subList(0, Math.min(2_000, texts.size()))) {
            for (var word : WORD_ENDS.splitAsStream(text).toList()) {
                // What the starter is measured on must not come up in tasks.
                if (word.length() > 2 && word.length() < 15 && !word.matches("(?i)laptops?|televisions?|tvs?")) {
                    words.add(word.toLowerCase(java.util.Locale.ROOT));
                }
            }
        }
        return List.copyOf(words);
    }

    private static void tokenizer(Path training, Path base) throws IOException {
        var trainer = new BytePairTrainer();
        var json = new ObjectMapper();
        for (var line : Files.readAllLines(training).stream().limit(60_000).toList()) {
            var node = json.readTree(line);
            for (var message : node.path("messages")) {
                trainer.add(message.path("content").asText());
            }
        }
        trainer.train(VOCABULARY, SPECIAL)
                .write(base, Map.of("eos_token", END, "pad_token", SPECIAL.getFirst(), "chat_template", TEMPLATE));
    }
}
