package dev.tandem.knowledge.document;

import dev.tandem.knowledge.document.ParserWorker.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.DublinCore;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.sax.ToXMLContentHandler;
import org.apache.tika.sax.WriteOutContentHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/** PDF by PDFBox, all other containers by Tika; runs in the worker process. */
final class ContainerFormats {
    /** What Tika writes around the text: tags and attributes, at most about so many times as long as it. */
    private static final int MARKUP = 4;

    private final int characters;
    private final AutoDetectParser tika = new AutoDetectParser();

    ContainerFormats(int characters) {
        this.characters = characters;
    }

    Reply parse(Path file) {
        try {
            return Format.of(file.getFileName().toString())
                            .filter(format -> format == Format.PDF)
                            .isPresent()
                    ? pdf(file)
                    : tika(file);
        } catch (InvalidPasswordException | EncryptedDocumentException e) {
            return Reply.failed("is encrypted: remove its password first");
        } catch (SAXException e) {
            return Reply.failed(
                    WriteLimitReachedException.isWriteLimitReached(e)
                            ? "has more than the limit of " + characters + " characters"
                            : "is damaged or a trap: " + firstLine(e));
        } catch (IOException | TikaException e) {
            var encrypted = causedBy(e, "ncrypt") || causedBy(e, "assword");
            return Reply.failed(encrypted ? "is encrypted: remove its password first" : "is damaged: " + firstLine(e));
        } catch (StackOverflowError e) {
            return Reply.failed("is damaged: its parts are nested without end");
        } catch (RuntimeException e) {
            return Reply.failed("is damaged: " + firstLine(e));
        }
    }

    private Reply pdf(Path file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache())) {
            var blocks = new PdfText().blocks(document);
            var properties = new LinkedHashMap<String, List<String>>();
            var information = document.getDocumentInformation();
            put(properties, "title", information.getTitle());
            put(properties, "author", information.getAuthor());
            put(properties, "subject", information.getSubject());
            put(properties, "keywords", information.getKeywords());
            putDate(properties, "created", information.getCreationDate());
            putDate(properties, "updated", information.getModificationDate());
            return new Reply(null, blocks, properties);
        }
    }

    private Reply tika(Path file) throws IOException, TikaException, SAXException {
        var metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, file.getFileName().toString());
        var xhtml = new ToXMLContentHandler();
        try (var in = TikaInputStream.get(file, metadata)) {
            tika.parse(in, new WriteOutContentHandler(xhtml, characters * MARKUP), metadata, new ParseContext());
        }
        var properties = new LinkedHashMap<String, List<String>>();
        put(properties, "title", metadata.get(TikaCoreProperties.TITLE));
        put(properties, "author", metadata.get(TikaCoreProperties.CREATOR));
        put(properties, "subject", metadata.get(DublinCore.SUBJECT));
        put(properties, "keywords", metadata.get("meta:keyword"));
        put(properties, "category", metadata.get("cp:category"));
        put(properties, "from", metadata.get("Message-From"));
        put(properties, "to", metadata.get("Message-To"));
        putDay(properties, "created", metadata.get(TikaCoreProperties.CREATED));
        putDay(properties, "updated", metadata.get(TikaCoreProperties.MODIFIED));
        for (var name : metadata.names()) {
            if (name.startsWith("custom:")) {
                put(properties, name.substring("custom:".length()).toLowerCase(Locale.ROOT), metadata.get(name));
            }
        }
        return new Reply(null, HtmlBlocks.pages(xhtml.toString()), properties);
    }

    private static void put(Map<String, List<String>> properties, String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return;
        }
        var values = new ArrayList<String>();
        for (var part : name.equals("keywords") ? value.split("[,;]", -1) : new String[] {value}) {
            if (!part.isBlank()) {
                values.add(part.strip());
            }
        }
        properties.put(name, values);
    }

    private static void putDay(Map<String, List<String>> properties, String name, @Nullable String instant) {
        if (instant != null && instant.length() >= 10) {
            properties.put(name, List.of(instant.substring(0, 10)));
        }
    }

    private static void putDate(Map<String, List<String>> properties, String name, @Nullable Calendar date) {
        if (date != null) {
            var day = LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC);
            properties.put(name, List.of(day.toString()));
        }
    }

    private static boolean causedBy(Throwable thrown, String word) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(word)
                    || cause.getClass().getSimpleName().contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** The innermost message, without the names of classes and files that mean nothing to the user. */
    private static String firstLine(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
