package dev.tandem.knowledge.document;

import java.util.List;
import java.util.Optional;

/** Text formats to blocks, each by its own reader. */
final class TextFormats {
    private TextFormats() {}

    static ParsedContent parse(Format format, String path, String text) throws UnreadableException {
        return switch (format) {
            case MARKDOWN -> {
                var split = FrontMatter.split(text);
                yield new ParsedContent(new MarkdownBlocks().parse(split.body()), split.metadata());
            }
            case HTML -> {
                var split = FrontMatter.split(text);
                yield HtmlBlocks.page(split.body(), split.metadata());
            }
            case RESTRUCTURED_TEXT -> new RestructuredText(text).parse();
            case LATEX -> new ParsedContent(new LatexBlocks(text).parse(), Metadata.EMPTY);
            case TEXT -> {
                var split = FrontMatter.split(text);
                yield new ParsedContent(PlainText.blocks(split.body()), split.metadata());
            }
            case CSV -> new ParsedContent(DelimitedText.blocks(text), Metadata.EMPTY);
            case JSON -> new ParsedContent(JsonRecords.document(text), Metadata.EMPTY);
            case JSON_LINES -> new ParsedContent(JsonRecords.lines(text), Metadata.EMPTY);
            case CODE ->
                new ParsedContent(
                        List.of(new Block.Code(Optional.of(Format.extension(path)), text, 0)), Metadata.EMPTY);
            case PDF, WORD, SLIDES, SPREADSHEET, BOOK, EMAIL ->
                throw new IllegalArgumentException(format + " is parsed by a worker");
        };
    }
}
