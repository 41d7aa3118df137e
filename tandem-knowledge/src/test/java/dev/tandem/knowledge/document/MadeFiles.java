package dev.tandem.knowledge.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that tests make for themselves, and what became of reading them. */
final class MadeFiles {
    static final String WORD = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    static final String OPEN_DOCUMENT = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
            + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
            + " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
            + " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\""
            + " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
            + " xmlns:presentation=\"urn:oasis:names:tc:opendocument:xmlns:presentation:1.0\"";

    private MadeFiles() {}

    static Path zip(Path file, Map<String, String> parts) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    static Path word(Path file, String body) throws IOException {
        return zip(
                file,
                Map.of("word/document.xml", "<w:document " + WORD + "><w:body>" + body + "</w:body></w:document>"));
    }

    static Document parsed(DocumentReader reader, Path file) {
        var result = reader.read(file, file.getFileName().toString());
        assertThat(result).isInstanceOf(ReadResult.Parsed.class);
        return ((ReadResult.Parsed) result).document();
    }

    static String reason(DocumentReader reader, Path file) {
        var result = reader.read(file, file.getFileName().toString());
        assertThat(result).isInstanceOf(ReadResult.Skipped.class);
        return ((ReadResult.Skipped) result).reason();
    }
}
