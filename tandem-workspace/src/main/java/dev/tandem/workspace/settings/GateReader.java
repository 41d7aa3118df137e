package dev.tandem.workspace.settings;

import static dev.tandem.workspace.settings.YamlText.isEmpty;
import static dev.tandem.workspace.settings.YamlText.line;
import static dev.tandem.workspace.settings.YamlText.shown;

import dev.tandem.evaluation.gate.GateSettings;
import dev.tandem.evaluation.gate.GateSettings.Regressions;
import dev.tandem.evaluation.gate.Threshold;
import dev.tandem.evaluation.gate.Threshold.Bound;
import dev.tandem.evaluation.run.RunMetric;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads gate.yaml. Strict as {@link SettingsReader}: a metric that is none or a threshold that the metric cannot have is an
 * error with its line. A section that is left out has its defaults; one that is there replaces them whole.
 */
public final class GateReader {
    /** The name of the file in a workspace. */
    public static final String FILE = "gate.yaml";

    private final YamlText text;

    private GateReader(String file) {
        this.text = new YamlText(file);
    }

    /** Reads a file. */
    public static GateSettings read(Path file) {
        return read(YamlText.of(file), file.toString());
    }

    /**
     * Reads settings.
     *
     * @param file the name that errors call it by
     * @throws MendableException with the line where something is wrong
     */
    public static GateSettings read(String yaml, String file) {
        var reader = new GateReader(file);
        return reader.text.compose(yaml).map(reader::settings).orElse(GateSettings.DEFAULTS);
    }

    private GateSettings settings(Node root) {
        if (isEmpty(root)) {
            return GateSettings.DEFAULTS;
        }
        var nodes = text.entries(
                "", mapping("the file", "thresholds", root), List.of("thresholds", "regressions", "missing"));
        var defaults = GateSettings.DEFAULTS;
        return new GateSettings(
                Optional.ofNullable(nodes.get("thresholds"))
                        .map(this::thresholds)
                        .orElse(defaults.thresholds()),
                Optional.ofNullable(nodes.get("regressions"))
                        .map(this::regressions)
                        .orElse(defaults.regressions()),
                Optional.ofNullable(nodes.get("missing"))
                        .map(node -> number("missing", node, 0, 1))
                        .orElse(defaults.missing()));
    }

    private List<Threshold> thresholds(Node node) {
        var thresholds = new ArrayList<Threshold>();
        if (isEmpty(node)) {
            return thresholds;
        }
        var seen = new LinkedHashSet<String>();
        metrics("thresholds", mapping("thresholds", "faithfulness", node)).forEach((metric, value) -> {
            var entries = value instanceof SequenceNode list ? list.getValue() : List.of(value);
            for (var entry : entries) {
                for (var threshold : threshold(metric, entry)) {
                    if (!seen.add(threshold.name() + threshold.bound())) {
                        throw text.error(
                                line(entry), threshold.name() + " has the same bound twice: keep one of them.");
                    }
                    thresholds.add(threshold);
                }
            }
        });
        return thresholds;
    }

    private List<Threshold> threshold(RunMetric metric, Node node) {
        var path = "thresholds." + metric.name();
        var nodes = text.entries(path, mapping(path, "min", node), List.of("min", "max", "type", "require"));
        var type = Optional.ofNullable(nodes.get("type")).map(this::type).orElse(Threshold.ALL);
        boolean required = nodes.containsKey("require") && flag(path + ".require", nodes.get("require"));
        var thresholds = new ArrayList<Threshold>();
        for (var bound : Bound.values()) {
            var name = bound == Bound.MIN ? "min" : "max";
            if (nodes.containsKey(name)) {
                double value = number(
                        path + "." + name,
                        nodes.get(name),
                        metric.scale().least(),
                        metric.scale().most());
                thresholds.add(new Threshold(metric.name(), type, bound, value, required));
            }
        }
        if (thresholds.isEmpty()) {
            throw text.error(line(node), path + " asks for nothing: give it a min or a max.");
        }
        if (thresholds.size() == 2
                && thresholds.getFirst().value() > thresholds.getLast().value()) {
            throw text.error(line(node), path + " has a min above its max, which nothing can keep: swap them.");
        }
        return thresholds;
    }

    private String type(Node node) {
        var types = Stream.concat(
                        Stream.of(Threshold.ALL),
                        Arrays.stream(QuestionType.values()).map(QuestionType::key))
                .toList();
        if (node instanceof ScalarNode scalar && types.contains(scalar.getValue())) {
            return scalar.getValue();
        }
        throw text.error(line(node), "the type " + shown(node) + " is none: write " + String.join(", ", types) + ".");
    }

    private Regressions regressions(Node node) {
        var defaults = GateSettings.DEFAULTS.regressions();
        if (isEmpty(node)) {
            return defaults;
        }
        var nodes =
                text.entries("regressions", mapping("regressions", "tolerance", node), List.of("tolerance", "metrics"));
        double tolerance = Optional.ofNullable(nodes.get("tolerance"))
                .map(value -> number("regressions.tolerance", value, 0, 1))
                .orElse(defaults.tolerance());
        var metrics = new LinkedHashMap<String, Double>();
        Optional.ofNullable(nodes.get("metrics"))
                .filter(value -> !isEmpty(value))
                .ifPresent(value -> metrics("regressions.metrics", mapping("regressions.metrics", "f1", value))
                        .forEach((metric, own) -> metrics.put(
                                metric.name(), number("regressions.metrics." + metric.name(), own, 0, 10))));
        return new Regressions(tolerance, metrics);
    }

    /** Values by metric; every key is a metric, once. */
    private Map<RunMetric, Node> metrics(String path, MappingNode mapping) {
        var known = new LinkedHashSet<>(RunMetric.examples());
        for (var entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode scalar) {
                RunMetric.of(scalar.getValue()).ifPresent(metric -> known.add(metric.name()));
            }
        }
        var metrics = new LinkedHashMap<RunMetric, Node>();
        text.entries(path, mapping, known)
                .forEach((name, node) -> metrics.put(RunMetric.of(name).orElseThrow(), node));
        return metrics;
    }

    private MappingNode mapping(String path, String example, Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw text.error(line(node), path + " must hold keys, like " + example + ": ..., not " + shown(node) + ".");
    }

    private boolean flag(String path, Node node) {
        if (node instanceof ScalarNode scalar && List.of("true", "false").contains(scalar.getValue())) {
            return scalar.getValue().equals("true");
        }
        throw text.error(line(node), path + " must be true or false, not " + shown(node) + ".");
    }

    private double number(String path, Node node, double least, double most) {
        if (node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getValue().matches("[-+.\\deE]+")) {
            try {
                double value = Double.parseDouble(scalar.getValue());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // Said below.
            }
        }
        var range = most == Double.MAX_VALUE
                ? "a number of at least " + bound(least)
                : "a number from " + bound(least) + " to " + bound(most);
        throw text.error(line(node), path + " must be " + range + ", not " + shown(node) + ".");
    }

    private static String bound(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
