package dev.tandem.tuning.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.decoder.torch.Device;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.training.FileHash;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code search.json}: what was asked for, the plan, and in the end the final losses. Written once there is a plan, so that a
 * search that was broken off goes on with the same one from its folder alone.
 */
final class SearchRecord {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REQUEST = "request";
    private static final String PLAN = "plan";
    private static final String LOSSES = "final_losses";
    private static final List<String> FILES = List.of("data", "held_out", "general", "base_config");

    private SearchRecord() {}

    /** The search that a folder records. */
    static Search search(Path file, Path out) {
        var json = read(file).path(REQUEST);
        try {
            var fixed = EnumSet.noneOf(SearchSpace.Choice.class);
            json.path("fixed").forEach(name -> fixed.add(SearchSpace.Choice.valueOf(name.asText())));
            return new Search(
                    new TuningJob(
                            Path.of(json.path("base_config").path("file").asText())
                                    .resolveSibling(""),
                            Path.of(json.path("data").path("file").asText()),
                            path(json, "held_out"),
                            path(json, "general"),
                            out,
                            JSON.treeToValue(json.path("settings"), TuningSettings.class),
                            new Placement(
                                    Device.valueOf(json.path("device").asText()),
                                    Precision.valueOf(json.path("precision").asText()))),
                    fixed,
                    Budget.parse(json.path("budget").asText()).orElseThrow());
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static Optional<Path> path(JsonNode json, String key) {
        return json.has(key) ? Optional.of(Path.of(json.path(key).path("file").asText())) : Optional.empty();
    }

    /**
     * The plan of a search that began.
     *
     * @throws MendableException if the folder holds another search, or its data have changed since
     */
    static Optional<Plan> plan(Path file, Search search) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var json = read(file);
        requireSame(json.path(REQUEST), request(search), search.job().out());
        try {
            return Optional.of(JSON.treeToValue(json.path(PLAN), Plan.class));
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static void requireSame(JsonNode recorded, JsonNode asked, Path out) {
        for (var name : FILES) {
            var before = recorded.path(name);
            var now = asked.path(name);
            if (before.path("file").equals(now.path("file")) && !before.equals(now)) {
                throw new MendableException(before.path("file").asText() + " has changed since the search in " + out
                        + " began, so that its trials cannot be compared with new ones: put it back to go on, or search"
                        + " anew with another --out.");
            }
        }
        if (!recorded.equals(asked)) {
            var other = new ArrayList<String>();
            asked.fieldNames().forEachRemaining(name -> {
                if (!asked.path(name).equals(recorded.path(name))) {
                    other.add(name);
                }
            });
            throw new MendableException("The folder " + out + " holds a search that was broken off, with another "
                    + (other.isEmpty() ? "--eval or --general" : String.join(", ", other))
                    + ": go on with that by `tandem tune --resume " + out + "`, or name another --out.");
        }
    }

    static String text(Search search, Plan plan) {
        var json = JSON.createObjectNode();
        json.set(REQUEST, request(search));
        json.set(PLAN, JSON.valueToTree(plan));
        return text(json);
    }

    /** The same with the final losses, which must outlive the weights that they were measured of. */
    static String withLosses(Path file, Map<Integer, Double> losses) {
        var json = read(file);
        json.set(LOSSES, JSON.valueToTree(losses));
        return text(json);
    }

    /** What {@link #withLosses} recorded; empty if a search was not that far. */
    static Optional<Map<Integer, Double>> losses(Path file) {
        var json = read(file);
        if (!json.has(LOSSES)) {
            return Optional.empty();
        }
        var losses = new HashMap<Integer, Double>();
        json.path(LOSSES)
                .properties()
                .forEach(entry -> losses.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().asDouble()));
        return Optional.of(losses);
    }

    private static ObjectNode request(Search search) {
        var job = search.job();
        var json = JSON.createObjectNode();
        json.set("base_config", file(job.base().resolve("config.json")));
        json.set("data", file(job.training()));
        job.heldOut().ifPresent(file -> json.set("held_out", file(file)));
        job.general().ifPresent(file -> json.set("general", file(file)));
        json.put("budget", search.budget().toString());
        var fixed = json.putArray("fixed");
        search.fixed().stream().sorted().forEach(choice -> fixed.add(choice.name()));
        json.put("device", job.placement().device().name());
        json.put("precision", job.placement().precision().name());
        json.set("settings", JSON.valueToTree(job.settings()));
        return parsed(text(json));
    }

    /** As it is when read from a file: a number that was a long is then an int. */
    private static ObjectNode parsed(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode file(Path file) {
        return JSON.createObjectNode()
                .put("file", file.toAbsolutePath().normalize().toString())
                .put("sha256", FileHash.of(file));
    }

    private static ObjectNode read(Path file) {
        try {
            return (ObjectNode) JSON.readTree(file.toFile());
        } catch (IOException | ClassCastException e) {
            throw unreadable(file, e);
        }
    }

    private static String text(JsonNode json) {
        return json.toPrettyString() + "\n";
    }

    private static MendableException unreadable(Path file, Exception e) {
        return new MendableException(
                file + " cannot be read: " + e.getMessage() + ". Search anew with another --out.", e);
    }
}
