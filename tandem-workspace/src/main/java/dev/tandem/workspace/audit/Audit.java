package dev.tandem.workspace.audit;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.Format;
import dev.tandem.knowledge.document.ReadResult;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.tuning.example.gate.Languages;
import dev.tandem.tuning.example.near.NearDuplicates;
import dev.tandem.tuning.example.near.Words;
import dev.tandem.tuning.example.personal.PersonalData;
import dev.tandem.tuning.example.personal.PersonalKind;
import dev.tandem.tuning.training.FileHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks at every file of a folder, as an ingest would read it, and keeps nothing. A bad file is told with its reason; it never ends
 * the work.
 */
public final class Audit {
    /** Jaccard similarity of word pairs from which two documents are nearly the same. */
    private static final double NEAR = 0.8;

    /** Characters of a document that are looked at for duplicates and personal data; longer ones are lists and logs. */
    private static final int LOOKED_AT = 200_000;

    /** Of an unknown format. */
    private static final int NOT_READ = -1;

    private final Function<Document, List<Passage>> split;
    private final ReadingLimits limits;
    private final Set<PersonalKind> personalKinds;
    private final PersonalData personalData = new PersonalData();
    private final Languages languages = new Languages();

    /** A file with what is kept of it until all are compared. */
    private record Looked(AuditedFile file, Optional<String> hash, int[] wordPairs) {}

    /** @param personalKinds what personal data is looked for */
    public Audit(PassageSplitter splitter, ReadingLimits limits, Set<PersonalKind> personalKinds) {
        this.split = splitter::split;
        this.limits = limits;
        this.personalKinds = Set.copyOf(personalKinds);
    }

    /**
     * Looks at a folder, or a single file.
     *
     * @param cancelled asked before each file
     * @return empty if it was cancelled
     * @throws MendableException if there is no such folder
     */
    public Optional<AuditReport> of(Path folder, long nowMillis, Progress progress, BooleanSupplier cancelled) {
        var root = folder.toAbsolutePath().normalize();
        var walk = FolderWalk.of(root);
        var looked = new ArrayList<Looked>();
        try (var reader = new DocumentReader(limits);
                var task = progress.start("Looking", walk.files().size(), "files")) {
            var all = walk.files().parallelStream()
                    .map(file -> {
                        if (cancelled.getAsBoolean()) {
                            return Optional.<Looked>empty();
                        }
                        var one = look(reader, file, walk.path(file));
                        task.step(1);
                        return Optional.of(one);
                    })
                    .toList();
            all.forEach(one -> one.ifPresent(looked::add));
        }
        if (looked.size() < walk.files().size()) {
            return Optional.empty();
        }
        return Optional.of(report(root, walk.hidden(), looked, nowMillis));
    }

    private Looked look(DocumentReader reader, Path file, String path) {
        try {
            var format = Format.of(path);
            long bytes = Files.size(file);
            long modified = Files.getLastModifiedTime(file).toMillis();
            if (format.isEmpty()) {
                return new Looked(
                        unread(path, ending(path), bytes, modified, "is of a format that is not read", NOT_READ),
                        Optional.of(FileHash.of(file)),
                        new int[0]);
            }
            return switch (reader.read(file, path)) {
                case ReadResult.Skipped(String where, String reason) ->
                    new Looked(
                            unread(path, format.get().key(), bytes, modified, reason, 0),
                            bytes == 0 ? Optional.empty() : Optional.of(FileHash.of(file)),
                            new int[0]);
                case ReadResult.Parsed(Document document) ->
                    parsed(document, format.get().key(), file, bytes, modified);
            };
        } catch (IOException | UncheckedIOException | MendableException e) {
            return new Looked(
                    unread(path, ending(path), 0, 0, "cannot be read: " + e.getMessage(), 0),
                    Optional.empty(),
                    new int[0]);
        }
    }

    private static AuditedFile unread(
            String path, String format, long bytes, long modified, String problem, long words) {
        return new AuditedFile(
                path, format, bytes, modified, Optional.of(problem), Optional.empty(), words, 0, 0, Map.of());
    }

    private Looked parsed(Document document, String format, Path file, long bytes, long modified) {
        var text = text(document);
        var looked = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
        var words = Words.of(looked);
        var passages = split.apply(document);
        var audited = new AuditedFile(
                document.path(),
                format,
                bytes,
                modified,
                Optional.empty(),
                languages.of(looked),
                looked.length() == text.length() ? words.length : Words.of(text).length,
                passages.size(),
                passages.stream().mapToLong(Passage::tokens).sum(),
                personal(looked));
        return new Looked(audited, Optional.of(FileHash.of(file)), Words.pairs(words));
    }

    private Map<String, Integer> personal(String text) {
        if (personalKinds.isEmpty()) {
            return Map.of();
        }
        var counts = new TreeMap<String, Integer>();
        personalData
                .find(text, personalKinds)
                .forEach(span -> counts.merge(span.kind().toString(), 1, Integer::sum));
        return counts;
    }

    private static AuditReport report(Path root, int hidden, List<Looked> looked, long nowMillis) {
        var byHash = looked.stream()
                .filter(each -> each.hash().isPresent())
                .collect(Collectors.groupingBy(each -> each.hash().orElseThrow(), TreeMap::new, Collectors.toList()));
        var duplicates = byHash.values().stream()
                .filter(group -> group.size() > 1)
                .map(Audit::paths)
                .sorted(Comparator.comparing(List::getFirst))
                .toList();
        // One of each group of equal files stands for it: the others are no news.
        var different = byHash.values().stream().map(List::getFirst).toList();
        return new AuditReport(
                root, looked.stream().map(Looked::file).toList(), hidden, duplicates, near(different), nowMillis);
    }

    private static List<List<String>> near(List<Looked> looked) {
        var sets = looked.stream().map(Looked::wordPairs).toList();
        var clusters = NearDuplicates.of(sets, NEAR).clusters(sets.size());
        var groups = new HashMap<Integer, List<Looked>>();
        IntStream.range(0, clusters.length)
                .forEach(i -> groups.computeIfAbsent(clusters[i], root -> new ArrayList<>())
                        .add(looked.get(i)));
        return groups.values().stream()
                .filter(group -> group.size() > 1)
                .map(Audit::paths)
                .sorted(Comparator.comparing(List::getFirst))
                .toList();
    }

    private static List<String> paths(List<Looked> group) {
        return group.stream().map(each -> each.file().path()).sorted().toList();
    }

    private static String ending(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(dot).toLowerCase(Locale.ROOT) : "no ending";
    }

    private static String text(Document document) {
        return document.blocks().stream()
                .map(block -> switch (block) {
                    case Block.Heading heading -> heading.text();
                    case Block.Paragraph paragraph -> paragraph.text();
                    case Block.ItemList list -> String.join("\n", list.items());
                    case Block.Table table ->
                        String.join(" ", table.header()) + "\n"
                                + table.rows().stream()
                                        .map(row -> String.join(" ", row))
                                        .collect(Collectors.joining("\n"));
                    case Block.Code code -> code.text();
                    case Block.Hidden hidden -> hidden.text();
                })
                .collect(Collectors.joining("\n"));
    }
}
