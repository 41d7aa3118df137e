package dev.tandem.knowledge.document;

import dev.tandem.knowledge.document.ParserWorker.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.poi.POIDocument;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/** Chooses the reader of a container: one that keeps the structure where there is one, else Tika; in the worker process. */
final class ContainerFormats {
    private final int characters;
    private final TikaBlocks tika;

    ContainerFormats(int characters) {
        this.characters = characters;
        this.tika = new TikaBlocks(characters);
    }

    Reply parse(Path file) {
        try {
            return read(file);
        } catch (UnreadableException e) {
            return Reply.failed(e.reason());
        } catch (InvalidPasswordException | EncryptedDocumentException | org.apache.poi.EncryptedDocumentException e) {
            return Reply.failed(UnreadableException.ENCRYPTED);
        } catch (SAXException e) {
            return Reply.failed(
                    WriteLimitReachedException.isWriteLimitReached(e)
                            ? UnreadableException.tooLong(characters).reason()
                            : "is damaged or a trap: " + firstLine(e));
        } catch (IOException | TikaException | OpenXML4JException | RuntimeException e) {
            return Reply.failed(failure(e));
        } catch (StackOverflowError e) {
            return Reply.failed("is damaged: its parts are nested without end");
        }
    }

    private static String failure(Exception e) {
        if (causedBy(e, "ncrypt") || causedBy(e, "assword")) {
            return UnreadableException.ENCRYPTED;
        }
        return causedBy(e, "Zip bomb") ? "is a zip bomb" : "is damaged: " + firstLine(e);
    }

    private Reply read(Path file)
            throws IOException, TikaException, SAXException, OpenXML4JException, UnreadableException {
        var format = Format.of(file.getFileName().toString());
        if (format.filter(Format::isMarkup).isPresent()) {
            return text(format.get(), file);
        }
        boolean zip = ZipParts.isZip(file);
        return switch (Format.extension(file.getFileName().toString())) {
            case "pdf" -> pdf(file);
            case "docx", "docm" -> zip ? parts(file, WordBlocks::of) : tika.parse(file);
            case "odt", "odp", "ods" -> zip ? parts(file, OpenDocumentBlocks::of) : tika.parse(file);
            case "pptx" -> zip ? slides(file) : tika.parse(file);
            case "xlsx", "xlsm" -> zip ? sheets(file) : tika.parse(file);
            case "ppt" -> zip ? slides(file) : oldSlides(file);
            case "xls" -> zip ? sheets(file) : oldSheets(file);
            default -> tika.parse(file);
        };
    }

    private Reply text(Format format, Path file) throws IOException, UnreadableException {
        var content = TextFormats.parse(format, file.getFileName().toString(), TextDecoding.read(file, characters));
        var fields = new LinkedHashMap<String, List<String>>();
        content.metadata()
                .fields()
                .forEach((name, values) -> fields.put(
                        name, values.stream().map(FieldValue::display).toList()));
        return new Reply(null, content.blocks(), fields);
    }

    private interface PartsReader {
        List<Block> read(ZipParts parts) throws IOException, UnreadableException;
    }

    private static Reply parts(Path file, PartsReader reader) throws IOException, UnreadableException {
        try (var parts = new ZipParts(file)) {
            return new Reply(null, reader.read(parts), Properties.of(parts).values());
        }
    }

    private Reply slides(Path file) throws IOException, OpenXML4JException, UnreadableException {
        try (var container = OPCPackage.open(file.toFile(), PackageAccess.READ);
                var show = new XMLSlideShow(container);
                var parts = new ZipParts(file)) {
            return new Reply(null, SlideBlocks.of(show), Properties.of(parts).values());
        }
    }

    private Reply sheets(Path file) throws IOException, OpenXML4JException, SAXException, UnreadableException {
        try (var container = OPCPackage.open(file.toFile(), PackageAccess.READ);
                var parts = new ZipParts(file)) {
            return new Reply(
                    null,
                    new SheetBlocks(characters).of(container),
                    Properties.of(parts).values());
        }
    }

    private static Reply oldSlides(Path file) throws IOException {
        try (var system = new POIFSFileSystem(file.toFile(), true);
                var show = new HSLFSlideShow(system)) {
            return new Reply(
                    null,
                    SlideBlocks.of(show),
                    properties(show.getSlideShowImpl()).values());
        }
    }

    private Reply oldSheets(Path file) throws IOException, UnreadableException {
        try (var system = new POIFSFileSystem(file.toFile(), true);
                var workbook = new HSSFWorkbook(system)) {
            return new Reply(
                    null,
                    new SheetBlocks(characters).of(workbook),
                    properties(workbook).values());
        }
    }

    private static Properties properties(POIDocument document) {
        var properties = new Properties();
        var summary = document.getSummaryInformation();
        if (summary != null) {
            properties.put("title", summary.getTitle());
            properties.put("author", summary.getAuthor());
            properties.put("subject", summary.getSubject());
            properties.put("keywords", summary.getKeywords());
            properties.put("created", day(summary.getCreateDateTime()));
            properties.put("updated", day(summary.getLastSaveDateTime()));
        }
        var more = document.getDocumentSummaryInformation();
        if (more != null) {
            properties.put("category", more.getCategory());
        }
        return properties;
    }

    private static @Nullable String day(@Nullable Date date) {
        return date == null
                ? null
                : LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC).toString();
    }

    private Reply pdf(Path file) throws IOException, UnreadableException {
        if (Files.size(file) == 0) {
            throw new UnreadableException("is empty");
        }
        try (PDDocument document = Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache())) {
            var blocks = PdfBlocks.of(document, characters);
            var properties = new Properties();
            var information = document.getDocumentInformation();
            properties.put("title", information.getTitle());
            properties.put("author", information.getAuthor());
            properties.put("subject", information.getSubject());
            properties.put("keywords", information.getKeywords());
            for (var key : information.getMetadataKeys()) {
                if (key.toLowerCase(Locale.ROOT).equals("category") || key.equals("Department")) {
                    properties.putOwn(key, information.getCustomMetadataValue(key));
                }
            }
            properties.put("created", day(information.getCreationDate()));
            properties.put("updated", day(information.getModificationDate()));
            return new Reply(null, blocks, properties.values());
        }
    }

    private static @Nullable String day(@Nullable Calendar date) {
        return date == null ? null : day(date.getTime());
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
