package dev.tandem.knowledge.document;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads files into documents. A file that is damaged, hostile, too large or of an unknown format is skipped with a reason;
 * it never stops the work. PDF and Office files are parsed in worker processes with bounded time and memory, text formats
 * in this one.
 *
 * <p>Safe for use by many threads. Workers start when they are first needed and end with {@link #close()}.
 */
public final class DocumentReader implements AutoCloseable {
    /** Markup longer than this is parsed in a worker too, where its time is limited. */
    private static final long MOST_MARKUP_HERE = 1L << 20;

    private final ReadingLimits limits;
    private final WorkerPool workers;

    public DocumentReader(ReadingLimits limits) {
        this.limits = limits;
        this.workers = new WorkerPool(limits);
    }

    /**
     * Reads a file.
     *
     * @param file where it is
     * @param path its path relative to its source folder, with {@code /} between parts
     */
    public ReadResult read(Path file, String path) {
        var format = Format.of(path);
        if (format.isEmpty()) {
            return new ReadResult.Skipped(path, "is of a format that is not read");
        }
        try {
            long size = Files.size(file);
            if (size > limits.fileBytes()) {
                return new ReadResult.Skipped(
                        path,
                        "is larger than the limit of " + (limits.fileBytes() >> 20) + " MB (documents.max_file_size)");
            }
            if (size == 0) {
                return new ReadResult.Skipped(path, "is empty");
            }
            boolean apart = format.get().needsWorker() || format.get().isMarkup() && size > MOST_MARKUP_HERE;
            var content = apart
                    ? workers.parse(file)
                    : TextFormats.parse(format.get(), path, TextDecoding.read(file, limits.characters()));
            return finish(content, format.get(), file, path);
        } catch (UnreadableException e) {
            return new ReadResult.Skipped(path, e.reason());
        } catch (StackOverflowError e) {
            return new ReadResult.Skipped(path, "is damaged or a trap: its parts are nested without end");
        } catch (RuntimeException e) {
            // Parsers fail in many ways on files that nobody meant to be read; one file must not end an ingest.
            return new ReadResult.Skipped(path, "is damaged: " + e.getMessage());
        } catch (NoSuchFileException e) {
            return new ReadResult.Skipped(path, "is gone since the folder was scanned");
        } catch (IOException e) {
            return new ReadResult.Skipped(path, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * A file as lines of text, to be read and compared by people: a text file's own lines, as they stand in it; of other formats those of
     * their content.
     *
     * @param path by whose name its format is known
     * @throws MendableException if it cannot be read
     */
    public List<String> lines(Path file, String path) {
        var format = Format.of(path);
        if (format.isPresent() && !format.get().needsWorker()) {
            try {
                return TextDecoding.read(file, limits.characters()).lines().toList();
            } catch (UnreadableException e) {
                throw unreadable(path, e.reason());
            } catch (IOException e) {
                throw unreadable(path, "cannot be read: " + e.getMessage());
            }
        }
        return switch (read(file, path)) {
            case ReadResult.Parsed(Document document) -> DocumentLines.of(document);
            case ReadResult.Skipped(String name, String reason) -> throw unreadable(name, reason);
        };
    }

    private static MendableException unreadable(String path, String reason) {
        return new MendableException("'" + path + "' has no text to show: it " + reason + ".");
    }

    private ReadResult finish(ParsedContent parsed, Format format, Path file, String path) throws UnreadableException {
        var seen = SeenText.of(parsed.blocks());
        var content = new ParsedContent(seen.blocks(), parsed.metadata());
        if (content.blocks().stream().noneMatch(DocumentReader::hasText)) {
            return new ReadResult.Skipped(
                    path, format == Format.PDF ? "has no text (scanned pages need OCR first)" : "has no text");
        }
        var fields = new TreeMap<String, List<FieldValue>>();
        fields.put("format", List.of(new FieldValue.Text(format.key())));
        var folders = folders(path);
        if (!folders.isEmpty()) {
            fields.put("folder", folders);
        }
        var metadata = content.metadata().orElse(FolderMetadata.of(file, path)).orElse(new Metadata(fields));
        return new ReadResult.Parsed(
                new Document(path, title(content, path), metadata, content.blocks(), seen.hidden()));
    }

    /** The folders above, the outermost first, each whole: a filter on any of them finds all that is below. */
    private static List<FieldValue> folders(String path) {
        var folders = new ArrayList<FieldValue>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            folders.add(new FieldValue.Text(path.substring(0, slash)));
        }
        return folders;
    }

    private static boolean hasText(Block block) {
        return switch (block) {
            case Block.Heading heading -> !heading.text().isBlank();
            case Block.Paragraph paragraph -> !paragraph.text().isBlank();
            case Block.ItemList list -> !list.items().isEmpty();
            case Block.Table table -> !table.rows().isEmpty();
            case Block.Code code -> !code.text().isBlank();
            case Block.Hidden hidden -> false;
        };
    }

    private static String title(ParsedContent content, String path) {
        var titles = content.metadata().values("title");
        if (!titles.isEmpty() && !titles.getFirst().display().isBlank()) {
            return titles.getFirst().display().strip();
        }
        for (var block : content.blocks()) {
            if (block instanceof Block.Heading heading
                    && heading.level() == 1
                    && !heading.text().isBlank()) {
                return heading.text();
            }
        }
        var name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name)
                .replace('_', ' ')
                .replace('-', ' ')
                .strip();
    }

    /** The text of the {@code metadata.yaml} files that apply to a file; part of what its document is made from. */
    public static String folderMetadataText(Path file, String path) {
        return FolderMetadata.text(file, path);
    }

    @Override
    public void close() {
        workers.close();
    }
}
