package dev.tandem.evaluation.advice;

import dev.tandem.evaluation.cost.Approach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a recommendation means for {@code tandem.yaml}, and the commands that begin with it. */
final class NextSteps {
    private static final List<SettingAdvice> FAST = List.of(
            new SettingAdvice("retrieval.fusion", "light", "re-ranks nothing"),
            new SettingAdvice("answer.passages", "3", "the time to read the prompt grows with its passages"),
            new SettingAdvice("model.max_output_tokens", "128", "the time to write grows with the answer"));

    private static final List<SettingAdvice> TUNED = List.of(
            new SettingAdvice("model.provider", "in-process", "the tuned model answers in this process"),
            new SettingAdvice("model.name", "models/base", "the folder of the base model"),
            new SettingAdvice("model.adapter", "adapter", "what `tandem tune` made of your examples"));

    private NextSteps() {}

    /** The preset's, then the recommendation's, then those of a tight latency; a later one replaces an earlier of its key. */
    static List<SettingAdvice> settings(Approach approach, boolean latencyCritical, Optional<Industry> industry) {
        var settings = new LinkedHashMap<String, SettingAdvice>();
        industry.ifPresent(preset -> put(settings, preset.settings()));
        if (approach != Approach.RAG) {
            put(settings, TUNED);
        }
        if (latencyCritical) {
            put(settings, FAST);
        }
        return List.copyOf(settings.values());
    }

    private static void put(Map<String, SettingAdvice> settings, List<SettingAdvice> more) {
        more.forEach(setting -> settings.put(setting.key(), setting));
    }

    /** In the order in which they are given: examples are checked before they are split, and split before they are learned. */
    static List<String> commands(Approach approach, Optional<Industry> industry) {
        var commands = new ArrayList<String>();
        if (approach != Approach.FINE_TUNING) {
            commands.add("tandem init my-kb && tandem ingest ~/docs -w my-kb");
            commands.add("tandem evaluate fusion --questions questions.jsonl -w my-kb");
        }
        var preset = industry.map(Industry::commands).orElse(List.of());
        preset.stream().filter(NextSteps::isCheck).forEach(commands::add);
        if (approach != Approach.RAG) {
            var examples = preset.stream().anyMatch(NextSteps::isCheck) ? "clean.jsonl" : "examples.jsonl";
            commands.add("tandem dataset split " + examples + " --validation 10% --out data");
            commands.add(
                    "tandem tune --base models/base --data data/train.jsonl --eval data/validation.jsonl --out adapter");
        }
        preset.stream().filter(command -> !isCheck(command)).forEach(commands::add);
        return commands;
    }

    /** Every preset's check writes {@code clean.jsonl}. */
    private static boolean isCheck(String command) {
        return command.startsWith("tandem dataset check ");
    }
}
