package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The models of a folder. */
public final class ModelList {
    private ModelList() {}

    /**
     * One of them.
     *
     * @param family its kind, or why it cannot be used
     * @param parameters how many numbers it is; 0 if it cannot be used
     */
    public record Entry(Path folder, boolean usable, String family, long parameters) {}

    /**
     * Looks for folders that hold a config.json.
     *
     * @throws MendableException if there is no such folder
     */
    public static List<Entry> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new MendableException("There is no folder " + folder
                    + ": name the one that your models lie in, or fetch one with `tandem model pull OWNER/NAME`.");
        }
        try (var inside = Files.list(folder)) {
            var entries = new ArrayList<Entry>();
            for (var each : inside.sorted().toList()) {
                if (Files.isRegularFile(each.resolve("config.json"))) {
                    entries.add(entry(each));
                }
            }
            return entries;
        } catch (IOException e) {
            throw new MendableException("The folder " + folder + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Entry entry(Path folder) {
        try {
            var config = ConfigFile.read(folder);
            return new Entry(folder, true, config.family().modelType(), config.parameters());
        } catch (MendableException e) {
            return new Entry(folder, false, String.valueOf(e.getMessage()), 0);
        }
    }

    /** For people. */
    public static String text(Path folder, List<Entry> entries) {
        if (entries.isEmpty()) {
            return "No models in " + folder + "; fetch one with `tandem model pull OWNER/NAME`.";
        }
        var lines = new ArrayList<String>();
        for (var entry : entries) {
            lines.add(
                    entry.usable()
                            ? String.format(
                                    Locale.ROOT,
                                    "%-32s %-12s %,15d parameters",
                                    entry.folder().getFileName(),
                                    entry.family(),
                                    entry.parameters())
                            : String.format("%-32s %s", entry.folder().getFileName(), entry.family()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    /** For programs. */
    public static List<Map<String, Object>> json(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.usable()
                        ? Json.object(
                                "model", entry.folder(), "family", entry.family(), "parameters", entry.parameters())
                        : Json.object("model", entry.folder(), "problem", entry.family()))
                .toList();
    }
}
