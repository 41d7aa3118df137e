package dev.tandem.knowledge.document;

import dev.tandem.knowledge.document.ParserWorker.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.extractor.ParsingEmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.DublinCore;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.sax.ToXMLContentHandler;
import org.apache.tika.sax.WriteOutContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** E-mail, EPUB, RTF and Word's old format by way of Tika's XHTML. Not safe for threads. */
final class TikaBlocks {
    /** What Tika writes around the text: tags and attributes, at most about so many times as long as it. */
    private static final int MARKUP = 4;

    private final int characters;
    private final AutoDetectParser tika = new AutoDetectParser();

    TikaBlocks(int characters) {
        this.characters = characters;
    }

    Reply parse(Path file) throws IOException, TikaException, SAXException {
        var metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, file.getFileName().toString());
        var xhtml = new ToXMLContentHandler();
        var context = new ParseContext();
        context.set(Parser.class, tika);
        context.set(OfficeParserConfig.class, withoutFurniture());
        var embedded = new Attachments(context);
        context.set(EmbeddedDocumentExtractor.class, embedded);
        try (var in = TikaInputStream.get(file, metadata)) {
            tika.parse(in, new WriteOutContentHandler(xhtml, characters * MARKUP), metadata, context);
        }
        var blocks = new ArrayList<>(HtmlBlocks.pages(xhtml.toString()));
        if (!embedded.names.isEmpty()
                && Format.of(file.getFileName().toString())
                        .filter(Format.EMAIL::equals)
                        .isPresent()) {
            blocks.add(new Block.Paragraph("Attachments: " + String.join(", ", embedded.names), 0));
        }
        return new Reply(null, blocks, properties(metadata).values());
    }

    private static OfficeParserConfig withoutFurniture() {
        var config = new OfficeParserConfig();
        config.setIncludeHeadersAndFooters(false);
        config.setWriteSelectHeadersInBody(false);
        return config;
    }

    private static Properties properties(Metadata metadata) {
        var properties = new Properties();
        properties.put("title", metadata.get(TikaCoreProperties.TITLE));
        properties.put("author", metadata.get(TikaCoreProperties.CREATOR));
        properties.put("subject", metadata.get(DublinCore.SUBJECT));
        properties.put("keywords", metadata.get("meta:keyword"));
        properties.put("category", metadata.get("cp:category"));
        properties.put("from", metadata.get("Message-From"));
        properties.put("to", String.join(", ", metadata.getValues("Message-To")));
        properties.put("cc", String.join(", ", metadata.getValues("Message-Cc")));
        properties.put("created", metadata.get(TikaCoreProperties.CREATED));
        properties.put("updated", metadata.get(TikaCoreProperties.MODIFIED));
        for (var name : metadata.names()) {
            if (name.startsWith("custom:")) {
                properties.putOwn(name.substring("custom:".length()), metadata.get(name));
            }
        }
        return properties;
    }

    /**
     * What hangs on a file is another file: it is named and not read, so that no bomb can hide in it. The parts of a
     * mail's own text come this way too; they have no name.
     */
    private static final class Attachments extends ParsingEmbeddedDocumentExtractor {
        private final List<String> names = new ArrayList<>();

        Attachments(ParseContext context) {
            super(context);
        }

        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            var name = metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY);
            if (name == null || name.isBlank()) {
                return String.valueOf(metadata.get(Metadata.CONTENT_TYPE)).startsWith("text/");
            }
            names.add(name.substring(name.lastIndexOf('/') + 1));
            return false;
        }

        @Override
        public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
                throws SAXException, IOException {
            super.parseEmbedded(stream, handler, metadata, false);
        }
    }
}
