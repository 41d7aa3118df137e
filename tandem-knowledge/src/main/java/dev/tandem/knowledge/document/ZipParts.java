package dev.tandem.knowledge.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/**
 * The XML parts of a zipped office file. A part that unpacks to more than the limit is refused before it is parsed, and
 * the parser knows no entities but XML's own five: neither bombs nor external entities do anything.
 */
final class ZipParts implements AutoCloseable {
    /** A novel's worth of text with all its markup is a tenth of this; as a tree it takes some ten times as much memory. */
    private static final int MOST_BYTES = 32 << 20;

    private final ZipFile zip;

    ZipParts(Path file) throws IOException {
        zip = new ZipFile(file.toFile());
    }

    /** Whether a file is a zip at all: an office file with a password is not, nor is one in its format before 2007. */
    static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }

    /** A part as a tree, if there is one of this name. */
    Optional<Document> xml(String name) throws IOException, UnreadableException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (var in = zip.getInputStream(entry)) {
            var bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UnreadableException(
                        "unpacks to more than " + (MOST_BYTES >> 20) + " MB of text: a zip bomb, or too large to read");
            }
            return Optional.of(Parser.xmlParser().parseInput(new String(bytes, StandardCharsets.UTF_8), ""));
        }
    }

    /** A part without which the file is not what its name says. */
    Document required(String name) throws IOException, UnreadableException {
        return xml(name).orElseThrow(() -> new UnreadableException("is damaged: its part " + name + " is missing"));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
