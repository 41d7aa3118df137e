package dev.tandem.tuning.example.split;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.conversion.JsonLinesFile;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.ExampleFiles;
import dev.tandem.tuning.example.Losses;
import dev.tandem.tuning.example.gate.ExampleFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A split as files: {@code train.jsonl}, {@code test.jsonl}, {@code validation.jsonl} where one is wanted, and
 * {@code split.json}, which records how they came about.
 *
 * @param sizes examples by part, those that are wanted
 * @param files by part
 */
public record SplitFolder(Map<Split.Part, Integer> sizes, Map<Split.Part, Path> files, int groups, int largest) {
    private static final String RECORD = "split.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How to split. */
    public record Settings(Grouping grouping, String by, Share test, Share validation, long seed, boolean replace) {}

    public SplitFolder {
        sizes = new java.util.TreeMap<>(sizes);
        files = new java.util.TreeMap<>(files);
    }

    /**
     * Splits a file into a folder.
     *
     * @throws MendableException if a file is faulty, the sizes are impossible, or files are there already and may not be
     *     replaced; nothing is left then
     */
    public static SplitFolder write(ExampleFile file, Path folder, Settings settings) {
        var parts = parts(settings);
        requireNew(folder, settings.replace());
        var split = Split.of(settings.grouping().groups(file), settings.test(), settings.validation(), settings.seed());
        if (!file.faults().isEmpty()) {
            var fault = file.faults().getFirst();
            throw new MendableException(file.file() + ", line " + fault.line() + ": " + fault.message()
                    + ". Mend the file first; `tandem dataset check --fix` leaves such lines out.");
        }
        var files = new EnumMap<Split.Part, Path>(Split.Part.class);
        parts.forEach(part -> files.put(part, folder.resolve(part + ".jsonl")));
        write(file, split, files, settings.replace());
        removeOthers(folder, files.values());
        var sizes = new EnumMap<Split.Part, Integer>(Split.Part.class);
        parts.forEach(part -> sizes.put(part, split.size(part)));
        var result = new SplitFolder(sizes, files, split.groups(), split.largest());
        result.record(file.file(), folder, settings);
        return result;
    }

    private static List<Split.Part> parts(Settings settings) {
        var parts = new ArrayList<>(List.of(Split.Part.TRAIN));
        if (settings.validation().amount() > 0) {
            parts.add(Split.Part.VALIDATION);
        }
        if (settings.test().amount() > 0) {
            parts.add(Split.Part.TEST);
        }
        return parts;
    }

    private static void requireNew(Path folder, boolean replace) {
        for (var name : List.of("train.jsonl", "validation.jsonl", "test.jsonl", RECORD)) {
            if (!replace && Files.exists(folder.resolve(name))) {
                throw new MendableException(
                        folder.resolve(name) + " is there already: name another --out, or add --force to replace it.");
            }
        }
    }

    /** A part of an earlier split that this one has not would be taken for its own. */
    private static void removeOthers(Path folder, java.util.Collection<Path> written) {
        for (var part : Split.Part.values()) {
            var path = folder.resolve(part + ".jsonl");
            try {
                if (!written.contains(path)) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                throw new MendableException("Cannot remove " + path + ": " + e.getMessage() + ".", e);
            }
        }
    }

    private static void write(ExampleFile file, Split split, Map<Split.Part, Path> files, boolean replace) {
        var open = new EnumMap<Split.Part, JsonLinesFile>(Split.Part.class);
        try {
            files.forEach((part, path) -> open.put(part, JsonLinesFile.create(path, replace)));
            var number = new int[1];
            file.each(example -> write(example, open, split.parts()[number[0]++]));
            open.values().forEach(JsonLinesFile::finish);
        } finally {
            open.values().forEach(JsonLinesFile::close);
        }
    }

    private static void write(Example example, Map<Split.Part, JsonLinesFile> open, Split.Part part) {
        var lines = open.get(part);
        if (lines != null) {
            ExampleFiles.write(example, example.form(), new Losses()).ifPresent(lines::write);
        }
    }

    private void record(Path source, Path folder, Settings settings) {
        var json = JSON.createObjectNode();
        json.put("source", source.toString());
        json.put("source_sha256", hash(source));
        json.put("by", settings.by());
        json.put("seed", settings.seed());
        json.put("wanted_test", settings.test().toString());
        json.put("wanted_validation", settings.validation().toString());
        json.put("groups", groups);
        json.put("largest_group", largest);
        ObjectNode written = json.putObject("files");
        files.forEach((part, path) -> written.putObject(path.getFileName().toString())
                .put("examples", sizes.get(part))
                .put("sha256", hash(path)));
        var part = folder.resolve(RECORD + ".part");
        try {
            Files.writeString(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
            Files.move(part, folder.resolve(RECORD), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MendableException("Cannot write to " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    private static String hash(Path file) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new MendableException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
