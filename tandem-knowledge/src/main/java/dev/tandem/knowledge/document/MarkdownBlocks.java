package dev.tandem.knowledge.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;

/** CommonMark with GitHub's tables to blocks; inline marks are dropped, links keep their text. Not safe for threads. */
final class MarkdownBlocks {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final List<Block> blocks = new ArrayList<>();

    private final List<String> hidden = new ArrayList<>();

    List<Block> parse(String markdown) {
        PARSER.parse(markdown).accept(new Walk());
        hidden.forEach(text -> blocks.add(new Block.Hidden(Tables.oneLine(text), 0)));
        return blocks;
    }

    private final class Walk extends AbstractVisitor {
        @Override
        public void visit(Heading heading) {
            var text = inline(heading);
            if (!text.isEmpty()) {
                blocks.add(new Block.Heading(heading.getLevel(), text, 0));
            }
        }

        @Override
        public void visit(Paragraph paragraph) {
            var text = inline(paragraph);
            if (!text.isEmpty()) {
                blocks.add(new Block.Paragraph(text, 0));
            }
        }

        @Override
        public void visit(BulletList list) {
            addList(list, false);
        }

        @Override
        public void visit(OrderedList list) {
            addList(list, true);
        }

        @Override
        public void visit(BlockQuote quote) {
            visitChildren(quote);
        }

        @Override
        public void visit(FencedCodeBlock code) {
            var info = code.getInfo() == null ? "" : code.getInfo().strip();
            var language = info.isEmpty() ? Optional.<String>empty() : Optional.of(info.split("\\s", 2)[0]);
            blocks.add(new Block.Code(language, code.getLiteral(), 0));
        }

        @Override
        public void visit(IndentedCodeBlock code) {
            blocks.add(new Block.Code(Optional.empty(), code.getLiteral(), 0));
        }

        @Override
        public void visit(HtmlBlock html) {
            blocks.addAll(HtmlBlocks.fragment(html.getLiteral()));
        }

        /** A definition that nothing links to is shown nowhere, which people use for comments. */
        @Override
        public void visit(LinkReferenceDefinition definition) {
            if (definition.getTitle() != null) {
                hidden.add(definition.getTitle());
            }
        }

        @Override
        public void visit(CustomBlock block) {
            if (block instanceof TableBlock table) {
                addTable(table);
            } else {
                visitChildren(block);
            }
        }
    }

    private void addList(Node list, boolean ordered) {
        var items = new ArrayList<String>();
        collectItems(list, "", items);
        if (!items.isEmpty()) {
            blocks.add(new Block.ItemList(ordered, items, 0));
        }
    }

    private void collectItems(Node list, String indent, List<String> items) {
        for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
            if (item instanceof ListItem) {
                collectItem(item, indent, items);
            }
        }
    }

    private void collectItem(Node item, String indent, List<String> items) {
        var text = new StringBuilder();
        for (var child = item.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof BulletList || child instanceof OrderedList) {
                flush(text, indent, items);
                collectItems(child, indent + "  ", items);
            } else {
                var part = child instanceof FencedCodeBlock code
                        ? code.getLiteral().strip()
                        : inline(child);
                text.append(text.isEmpty() || part.isEmpty() ? "" : " ").append(part);
            }
        }
        flush(text, indent, items);
    }

    private static void flush(StringBuilder text, String indent, List<String> items) {
        if (!text.toString().isBlank()) {
            items.add(indent + text.toString().strip());
        }
        text.setLength(0);
    }

    private void addTable(TableBlock table) {
        var header = new ArrayList<String>();
        var rows = new ArrayList<List<String>>();
        for (var part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (var row = part.getFirstChild(); row != null; row = row.getNext()) {
                if (row instanceof TableRow) {
                    var cells = new ArrayList<String>();
                    for (var cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                        cells.add(cell instanceof TableCell ? inline(cell) : "");
                    }
                    if (part instanceof TableHead) {
                        header.addAll(cells);
                    } else {
                        rows.add(cells);
                    }
                }
            }
        }
        blocks.add(new Block.Table(header, rows, 0));
    }

    private String inline(Node node) {
        var inline = new Inline();
        node.accept(inline);
        return inline.text.toString().strip().replaceAll("[ \\t]+", " ");
    }

    /** The words of a line; what its HTML hides goes elsewhere. */
    private final class Inline extends AbstractVisitor {
        final StringBuilder text = new StringBuilder();
        private final StringBuilder unseen = new StringBuilder();
        private String hiding = "";

        @Override
        public void visit(Text words) {
            add(words.getLiteral());
        }

        @Override
        public void visit(Code code) {
            add(code.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak lineBreak) {
            add(" ");
        }

        @Override
        public void visit(HardLineBreak lineBreak) {
            add(" ");
        }

        @Override
        public void visit(HtmlInline html) {
            var tag = html.getLiteral();
            if (tag.startsWith("<!--")) {
                hidden.add(tag.replaceAll("^<!--|-->$", ""));
            } else if (!hiding.isEmpty() && tag.toLowerCase(Locale.ROOT).startsWith("</" + hiding)) {
                hiding = "";
                hidden.add(unseen.toString());
                unseen.setLength(0);
            } else if (hiding.isEmpty() && tag.matches("(?s)<\\w+\\s.*[^/]>")) {
                var element = Jsoup.parseBodyFragment(tag).body().firstElementChild();
                if (element != null && HiddenElements.isHidden(element)) {
                    hiding = element.normalName();
                }
            }
        }

        private void add(String words) {
            (hiding.isEmpty() ? text : unseen).append(words);
        }
    }
}
