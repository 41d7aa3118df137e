package dev.tandem.cli.command;

import dev.tandem.evaluation.sweep.Configuration;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.retrieval.Fusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What a sweep tries: every combination of these. */
final class SweepSpace {
    private static final int LEAST_TOKENS = 32;

    @Option(
            names = "--chunk-size",
            paramLabel = "N",
            split = ",",
            description = "Greatest lengths of a passage in tokens (passages.tokens); the present one unless given.")
    private List<Integer> chunkSizes = List.of();

    @Option(
            names = "--overlap",
            paramLabel = "N|P%",
            split = ",",
            description =
                    "Tokens or shares of a passage that are repeated in the next (passages.overlap), at most half;"
                            + " the present one unless given.")
    private List<String> overlaps = List.of();

    @Option(
            names = "--fusion",
            paramLabel = "NAME",
            split = ",",
            description = "Values of retrieval.fusion; all unless given.")
    private List<String> fusions = List.of("all");

    @Option(
            names = "--reranker",
            paramLabel = "on|off",
            split = ",",
            description = "Keep the fusions that re-rank (on), those that do not (off), or both, as without it.")
    private List<String> rerankers = List.of("on", "off");

    /**
     * All combinations, those that share an index together.
     *
     * @param most the embedding model's greatest length
     * @param remark is told of sizes that are beyond it and left out
     * @throws MendableException if a value is impossible, or no size is left
     */
    List<Configuration> configurations(Configuration present, int most, Consumer<String> remark) {
        var fusion = chosenFusions();
        var all = new ArrayList<Configuration>();
        for (int tokens : chunkSizes.isEmpty() ? List.of(present.tokens()) : chunkSizes) {
            if (tokens < LEAST_TOKENS || tokens > most && chunkSizes.stream().allMatch(each -> each > most)) {
                throw new MendableException(
                        "--chunk-size " + tokens + " is impossible: the embedding model reads at most " + most
                                + " tokens, and a passage needs room for " + LEAST_TOKENS + ".");
            }
            if (tokens > most) {
                remark.accept("--chunk-size " + tokens + " is left out: the embedding model reads at most " + most
                        + " tokens.");
                continue;
            }
            for (var overlap : overlaps.isEmpty() ? List.of(Integer.toString(present.overlap())) : overlaps) {
                int repeated = tokens(overlap, tokens);
                fusion.forEach(one -> all.add(new Configuration(tokens, repeated, one)));
            }
        }
        return all.stream().distinct().toList();
    }

    private static int tokens(String overlap, int tokens) {
        if (!overlap.matches("\\d{1,4}%?")) {
            throw new MendableException("--overlap " + overlap + " is none: write tokens, as 40, or a share, as 10%.");
        }
        int number = Integer.parseInt(overlap.replace("%", ""));
        int repeated = overlap.endsWith("%") ? tokens * number / 100 : number;
        if (repeated > tokens / 2) {
            throw new MendableException("--overlap " + overlap + " is too much for passages of " + tokens
                    + " tokens: at most half of a passage is repeated, so write 50% or less.");
        }
        return repeated;
    }

    private List<Fusion> chosenFusions() {
        for (var reranker : rerankers) {
            if (!reranker.equals("on") && !reranker.equals("off")) {
                throw new MendableException("--reranker " + reranker + " is none: write on, off or on,off.");
            }
        }
        var named = fusions.contains("all")
                ? List.of(Fusion.values())
                : fusions.stream().map(SweepSpace::fusion).toList();
        var kept = named.stream()
                .filter(fusion -> rerankers.contains(fusion.lateInteraction() > 0 ? "on" : "off"))
                .toList();
        if (kept.isEmpty()) {
            throw new MendableException("No fusion is left: --fusion " + String.join(",", fusions) + " and --reranker "
                    + String.join(",", rerankers) + " exclude each other; leave one of them out.");
        }
        return kept;
    }

    private static Fusion fusion(String key) {
        return Arrays.stream(Fusion.values())
                .filter(fusion -> fusion.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new MendableException("--fusion " + key + " is none: write all, or some of "
                        + Arrays.stream(Fusion.values()).map(Fusion::key).collect(Collectors.joining(", ")) + "."));
    }
}
