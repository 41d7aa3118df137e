package dev.tandem.knowledge.passage;

import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.document.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Cuts documents into passages, each kind of content in its own way: prose between sentences, lists between items,
 * tables between rows, code between blank lines or, failing that, lines. What fits is never cut. The headings above
 * travel with each passage. Without state, safe for use by many threads if the token counter is.
 */
public final class PassageSplitter {
    private final Settings settings;
    private final ToIntFunction<String> tokenCount;

    /**
     * How large passages are.
     *
     * @param tokens most tokens of a passage, headings included, in the embedding model's own tokens; at least 32
     * @param overlap tokens of prose repeated from the passage before within one section; 0 for none
     */
    public record Settings(int tokens, int overlap) {
        public Settings {
            if (tokens < 32) {
                throw new IllegalArgumentException("A passage needs room for at least 32 tokens, not " + tokens);
            }
            if (overlap < 0 || overlap > tokens / 2) {
                throw new IllegalArgumentException(
                        "The overlap must be between 0 and half of a passage's " + tokens + " tokens, not " + overlap);
            }
        }

        /** These settings in one line, as recorded in the index. */
        public String describe() {
            return "structure-1 tokens=" + tokens + " overlap=" + overlap;
        }
    }

    /**
     * Makes a splitter.
     *
     * @param tokenCount counts the embedding model's tokens in a text
     */
    public PassageSplitter(Settings settings, ToIntFunction<String> tokenCount) {
        this.settings = settings;
        this.tokenCount = tokenCount;
    }

    public Settings settings() {
        return settings;
    }

    /** The document's passages in reading order; none for a document without text. */
    public List<Passage> split(Document document) {
        var packer = new PassagePacker(document, settings, tokenCount);
        for (var block : document.blocks()) {
            switch (block) {
                case Block.Heading heading -> packer.heading(heading);
                case Block.Paragraph paragraph -> packer.add(prose(paragraph.text(), "\n\n", paragraph.page()));
                case Block.ItemList list -> packer.add(items(list));
                case Block.Table table -> packer.add(rows(table));
                case Block.Code code -> packer.add(code(code));
                case Block.Hidden hidden -> {} // no document has any
            }
        }
        return packer.finish();
    }

    private List<Piece> prose(String text, String before, int page) {
        var pieces = new ArrayList<Piece>();
        for (var sentence : SentenceSplitter.split(text)) {
            var words = text.substring(sentence.start(), sentence.end());
            pieces.add(piece(words, pieces.isEmpty() ? before : " ", page, Piece.Kind.PROSE));
        }
        return pieces;
    }

    private List<Piece> items(Block.ItemList list) {
        var pieces = new ArrayList<Piece>();
        int number = 1;
        for (var item : list.items()) {
            var indent = item.substring(0, item.length() - item.stripLeading().length());
            var mark = list.ordered() && indent.isEmpty() ? number++ + ". " : "- ";
            pieces.add(
                    piece(indent + mark + item.strip(), pieces.isEmpty() ? "\n\n" : "\n", list.page(), Piece.Kind.ROW));
        }
        return pieces;
    }

    /** Each row names its columns, so that it can be read, found and quoted alone. */
    private List<Piece> rows(Block.Table table) {
        var pieces = new ArrayList<Piece>();
        for (var row : table.rows()) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                var cell = oneLine(row.get(column));
                if (cell.isEmpty()) {
                    continue;
                }
                line.append(line.isEmpty() ? "" : " | ");
                var name =
                        column < table.header().size() ? oneLine(table.header().get(column)) : "";
                line.append(name.isEmpty() || name.equals(cell) ? cell : name + ": " + cell);
            }
            if (!line.isEmpty()) {
                pieces.add(piece(line.toString(), pieces.isEmpty() ? "\n\n" : "\n", table.page(), Piece.Kind.ROW));
            }
        }
        if (pieces.isEmpty() && !table.header().isEmpty()) {
            pieces.add(piece(String.join(" | ", table.header()), "\n\n", table.page(), Piece.Kind.ROW));
        }
        return pieces;
    }

    private List<Piece> code(Block.Code code) {
        if (tokenCount.applyAsInt(code.text()) <= settings.tokens() / 2) {
            return List.of(piece(code.text().stripTrailing(), "\n\n", code.page(), Piece.Kind.CODE));
        }
        var pieces = new ArrayList<Piece>();
        for (var part : code.text().split("\n(?=\\s*\n)", -1)) {
            var text = part.startsWith("\n") ? part.substring(1) : part;
            if (!text.isBlank()) {
                pieces.add(piece(text.stripTrailing(), "\n\n", code.page(), Piece.Kind.CODE));
            }
        }
        return pieces;
    }

    private Piece piece(String text, String before, int page, Piece.Kind kind) {
        return new Piece(text, before, tokenCount.applyAsInt(text), page, kind);
    }

    private static String oneLine(String cell) {
        return String.join(" ", Arrays.asList(cell.strip().split("\\s+", -1)));
    }
}
