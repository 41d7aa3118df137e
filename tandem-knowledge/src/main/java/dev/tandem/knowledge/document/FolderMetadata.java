package dev.tandem.knowledge.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Metadata for whole folders: a file {@code metadata.yaml} in a folder gives its fields to every document in it and below,
 * where neither the document itself nor a nearer folder says otherwise. Without state.
 */
final class FolderMetadata {
    static final String FILE = "metadata.yaml";

    private FolderMetadata() {}

    static Metadata of(Path file, String path) throws UnreadableException {
        var metadata = Metadata.EMPTY;
        for (var sheet : sheets(file, path)) {
            metadata = metadata.orElse(read(sheet));
        }
        return metadata;
    }

    private static Metadata read(Path sheet) throws UnreadableException {
        try {
            return FrontMatter.fields(Files.readString(sheet));
        } catch (IOException | FrontMatter.NotYamlException e) {
            throw new UnreadableException(
                    "stands under a metadata.yaml that cannot be read (" + sheet + "): mend that file");
        }
    }

    static String text(Path file, String path) {
        var text = new StringBuilder();
        for (var sheet : sheets(file, path)) {
            try {
                text.append(new String(Files.readAllBytes(sheet), StandardCharsets.UTF_8))
                        .append('\0');
            } catch (IOException e) {
                // Reading the document will report it; until then the sheet counts as changed.
                text.append(e).append('\0');
            }
        }
        return text.toString();
    }

    /** The sheets from the file's own folder up to its source folder, nearest first. */
    private static List<Path> sheets(Path file, String path) {
        var sheets = new ArrayList<Path>();
        var folder = file.toAbsolutePath().normalize().getParent();
        long levels = path.chars().filter(c -> c == '/').count() + 1;
        for (long level = 0; level < levels && folder != null; level++) {
            var sheet = folder.resolve(FILE);
            if (Files.isRegularFile(sheet)) {
                sheets.add(sheet);
            }
            folder = folder.getParent();
        }
        return sheets;
    }
}
