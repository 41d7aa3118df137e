package dev.tandem.workspace.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.evaluation.advice.Evidence;
import dev.tandem.evaluation.compare.ApproachKind;
import dev.tandem.evaluation.compare.Verdict.Outcome;
import dev.tandem.evaluation.cost.Approach;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.compare.ComparisonResult.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * What the last comparison of a workspace found, in {@code comparison.json} beside its runs, so that advice rests on measured
 * evidence: a few fields, which a person can read.
 */
public final class OutcomeFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OutcomeFile() {}

    /** Where it lies. */
    public static Path of(Workspace workspace) {
        return workspace.folder().resolve("comparison.json");
    }

    /** Keeps a verdict, in place of the last one; without one, or from a part of the questions, nothing changes. */
    static void write(Workspace workspace, ComparisonResult result) {
        if (result.found().isEmpty() || result.isPartial()) {
            return;
        }
        var verdict = result.found().get().verdict();
        var json = JSON.createObjectNode();
        json.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("test_set", result.request().testSet().file().toString());
        json.put("test_set_hash", result.request().testSet().hash());
        json.put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT));
        verdict.winner().ifPresent(winner -> json.put("winner", winner));
        json.put("best_guess", verdict.bestGuess());
        approach(result, verdict.winner().orElse(verdict.bestGuess()))
                .ifPresent(approach -> json.put("approach", approach.label()));
        json.put("sentence", sentence(result.found().get()));
        try {
            WholeFile.write(of(workspace), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot write " + of(workspace) + " (" + e + "): check free space and permissions.", e);
        }
    }

    private static String sentence(Found found) {
        return found.verdict().evidence().getFirst().sentence();
    }

    /** One of the three between which advice decides; the untouched model is none of them. */
    private static Optional<Approach> approach(ComparisonResult result, String name) {
        return result.approaches().stream()
                .filter(run -> run.name().equals(name))
                .findFirst()
                .flatMap(run -> approach(run.kind()));
    }

    private static Optional<Approach> approach(ApproachKind kind) {
        return switch (kind) {
            case BASE, FEW_SHOT -> Optional.empty();
            case RAG -> Optional.of(Approach.RAG);
            case FINE_TUNED -> Optional.of(Approach.FINE_TUNING);
            case HYBRID -> Optional.of(Approach.HYBRID);
        };
    }

    /**
     * What it tells advice; empty if nothing was compared, or the best needs neither documents nor tuning.
     *
     * @throws MendableException if it cannot be read
     */
    public static Optional<Evidence> evidence(Workspace workspace) {
        var file = of(workspace);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return JSON.readTree(file.toFile()) instanceof ObjectNode json ? evidence(json) : Optional.empty();
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot read " + file + " (" + e.getMessage() + "): compare anew with `tandem compare -w "
                            + workspace.folder() + "`, or remove it.",
                    e);
        }
    }

    private static Optional<Evidence> evidence(ObjectNode json) {
        boolean decided =
                !json.path("outcome").asText().equals(Outcome.CANNOT_TELL.name().toLowerCase(Locale.ROOT))
                        && json.hasNonNull("winner");
        for (var approach : Approach.values()) {
            if (approach.label().equals(json.path("approach").asText())) {
                return Optional.of(new Evidence(
                        approach,
                        decided,
                        json.path("sentence").asText() + " (tandem compare, "
                                + json.path("time").asText() + ")"));
            }
        }
        return Optional.empty();
    }
}
