package dev.tandem.knowledge.document;

import java.util.List;
import java.util.Optional;

/** A piece of a document's structure, with the page that it begins on where the format has pages. */
public sealed interface Block {
    /** The page, counted from 1, or 0 where the format has none. */
    int page();

    /** A heading; {@code level} counts from 1. */
    record Heading(int level, String text, int page) implements Block {}

    /** Running text. */
    record Paragraph(String text, int page) implements Block {}

    /** A list; each item is its own text, nested items follow their parent indented by two spaces a level. */
    record ItemList(boolean ordered, List<String> items, int page) implements Block {
        public ItemList {
            items = List.copyOf(items);
        }
    }

    /** A table; the header may be empty, rows may be ragged. */
    record Table(List<String> header, List<List<String>> rows, int page) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Source code or preformatted text, kept to the letter. */
    record Code(Optional<String> language, String text, int page) implements Block {}

    /**
     * Text that a reader of the document does not see: white on white, of no size, in a comment. Parsers give it; it is in
     * {@link Document#hidden} and never among a document's blocks.
     */
    record Hidden(String text, int page) implements Block {}
}
