package dev.tandem.knowledge.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.poi.sl.usermodel.GroupShape;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.sl.usermodel.Shape;
import org.apache.poi.sl.usermodel.SimpleShape;
import org.apache.poi.sl.usermodel.Slide;
import org.apache.poi.sl.usermodel.SlideShow;
import org.apache.poi.sl.usermodel.TableShape;
import org.apache.poi.sl.usermodel.TextParagraph;
import org.apache.poi.sl.usermodel.TextRun;
import org.apache.poi.sl.usermodel.TextShape;
import org.apache.poi.xslf.usermodel.XSLFGraphicFrame;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * PowerPoint slides, of either format, to blocks: a slide is a page and its title a heading; speaker's notes and comments
 * follow what they are about. Not safe for threads.
 */
final class SlideBlocks {
    private final List<Block> blocks = new ArrayList<>();
    private final int page;

    private SlideBlocks(int page) {
        this.page = page;
    }

    static List<Block> of(SlideShow<?, ?> show) {
        var blocks = new ArrayList<Block>();
        int page = 0;
        for (Slide<?, ?> slide : show.getSlides()) {
            var reader = new SlideBlocks(++page);
            reader.slide(slide);
            blocks.addAll(reader.blocks);
        }
        return blocks;
    }

    private void slide(Slide<?, ?> slide) {
        var shapes = List.<Shape<?, ?>>copyOf(slide.getShapes());
        // The title is read first, wherever it stands in the drawing order.
        var title = shapes.stream()
                .filter(SlideBlocks::isTitle)
                .findFirst()
                .or(() -> shapes.stream()
                        .filter(shape -> shape instanceof TextShape<?, ?> text
                                && text.getText().strip().equals(slide.getTitle()))
                        .findFirst());
        title.ifPresent(this::title);
        shapes.stream()
                .filter(shape -> title.isEmpty() || !title.get().equals(shape))
                .forEach(this::shape);
        if (slide.getNotes() != null) {
            for (var paragraphs : slide.getNotes().getTextParagraphs()) {
                var shape = paragraphs.isEmpty() ? null : paragraphs.getFirst().getParentShape();
                if (shape != null
                        && placeholder(shape).filter(Placeholder.BODY::equals).isPresent()) {
                    paragraphs(paragraphs);
                }
            }
        }
        for (var comment : slide.getComments()) {
            if (comment.getText() != null && !comment.getText().isBlank()) {
                blocks.add(new Block.Paragraph(
                        comment.getAuthor() + ": " + comment.getText().strip(), page));
            }
        }
    }

    private static boolean isTitle(Shape<?, ?> shape) {
        return placeholder(shape)
                .filter(kind -> kind == Placeholder.TITLE || kind == Placeholder.CENTERED_TITLE)
                .isPresent();
    }

    private static Optional<Placeholder> placeholder(Shape<?, ?> shape) {
        return shape instanceof SimpleShape<?, ?> simple
                ? Optional.ofNullable(simple.getPlaceholder())
                : Optional.empty();
    }

    private void title(Shape<?, ?> shape) {
        if (shape instanceof TextShape<?, ?> text && !text.getText().isBlank()) {
            blocks.add(new Block.Heading(1, Tables.oneLine(text.getText()), page));
        }
    }

    private void shape(Shape<?, ?> shape) {
        switch (shape) {
            case TableShape<?, ?> table -> table(table);
            case GroupShape<?, ?> group -> group.getShapes().forEach(this::shape);
            case TextShape<?, ?> text
            when placeholder(text).filter(SlideBlocks::isFurniture).isEmpty() -> paragraphs(text.getTextParagraphs());
            case XSLFGraphicFrame frame when frame.hasChart() -> chart(frame);
            default -> {}
        }
    }

    private static boolean isFurniture(Placeholder kind) {
        return switch (kind) {
            case DATETIME, FOOTER, HEADER, SLIDE_NUMBER -> true;
            default -> false;
        };
    }

    /** A chart is a table of its points: a row for each category, a column for each series. */
    private void chart(XSLFGraphicFrame frame) {
        var chart = frame.getChart();
        if (chart == null) {
            return;
        }
        try (var part = chart.getPackagePart().getInputStream()) {
            var tree = Jsoup.parse(part, "UTF-8", "", Parser.xmlParser());
            var title = Tables.oneLine(tree.select("c|chart > c|title a|t").text());
            if (!title.isEmpty()) {
                blocks.add(new Block.Paragraph(title, page));
            }
            var series = tree.select("c|ser");
            var header = new ArrayList<String>(List.of(""));
            var rows = new TreeMap<Integer, List<String>>();
            for (int i = 0; i < series.size(); i++) {
                header.add(series.get(i).select("c|tx c|v").text());
                points(series.get(i), "c|cat c|pt, c|xVal c|pt", 0, series.size(), rows);
                points(series.get(i), "c|val c|pt, c|yVal c|pt", i + 1, series.size(), rows);
            }
            if (!rows.isEmpty()) {
                blocks.add(new Block.Table(header, List.copyOf(rows.values()), page));
            }
        } catch (IOException e) {
            // The slide can be read without its chart.
        }
    }

    private static void points(
            Element series, String selector, int column, int columns, Map<Integer, List<String>> rows) {
        for (var point : series.select(selector)) {
            rows.computeIfAbsent(
                            WordBlocks.number(point.attr("idx"), 0),
                            key -> new ArrayList<>(Collections.nCopies(columns + 1, "")))
                    .set(column, point.select("c|v").text());
        }
    }

    private void table(TableShape<?, ?> table) {
        var rows = new ArrayList<List<String>>();
        for (int row = 0; row < table.getNumberOfRows(); row++) {
            var cells = new ArrayList<String>();
            for (int column = 0; column < table.getNumberOfColumns(); column++) {
                cells.add(cell(table, row, column));
            }
            rows.add(cells);
        }
        Tables.of(rows, page).ifPresent(blocks::add);
    }

    /** A merged cell's text stands in each of its places, so that each row can be read alone. */
    private static String cell(TableShape<?, ?> table, int row, int column) {
        for (int above = row; above >= 0; above--) {
            for (int before = column; before >= 0; before--) {
                var cell = table.getCell(above, before);
                if (cell != null
                        && !cell.isMerged()
                        && above + Math.max(1, cell.getRowSpan()) > row
                        && before + Math.max(1, cell.getGridSpan()) > column) {
                    return Tables.oneLine(cell.getText());
                }
            }
        }
        return "";
    }

    private void paragraphs(List<? extends TextParagraph<?, ?, ?>> paragraphs) {
        var items = new ArrayList<String>();
        boolean ordered = false;
        for (var paragraph : paragraphs) {
            var text = text(paragraph);
            if (text.isBlank()) {
                continue;
            }
            var bullet = paragraph.getBulletStyle();
            boolean numbered = bullet != null && bullet.getAutoNumberingScheme() != null;
            boolean newList = paragraph.getIndentLevel() == 0 && numbered != ordered;
            if (!items.isEmpty() && (bullet == null || newList)) {
                blocks.add(new Block.ItemList(ordered, items, page));
                items.clear();
            }
            if (bullet == null) {
                blocks.add(new Block.Paragraph(text, page));
            } else {
                ordered = items.isEmpty() ? numbered : ordered;
                items.add("  ".repeat(Math.clamp(paragraph.getIndentLevel(), 0, 8)) + Tables.oneLine(text));
            }
        }
        if (!items.isEmpty()) {
            blocks.add(new Block.ItemList(ordered, items, page));
        }
    }

    private static String text(TextParagraph<?, ?, ?> paragraph) {
        var text = new StringBuilder();
        for (TextRun run : paragraph.getTextRuns()) {
            text.append(run.getRawText() == null ? "" : run.getRawText());
        }
        return text.toString().replace('\u000b', '\n').replace('\r', '\n').strip();
    }
}
