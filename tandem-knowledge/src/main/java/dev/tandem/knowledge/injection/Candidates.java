package dev.tandem.knowledge.injection;

import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.passage.SentenceSplitter;
import java.util.ArrayList;
import java.util.List;

/**
 * The stretches of a document that are looked at: the sentences of its paragraphs, items, cells and headings, as they stand
 * before passages are made of them, because those join lines that nobody wrote as one.
 */
final class Candidates {
    /** Shorter is a label and no instruction. */
    private static final int SHORTEST = 12;

    /** Longer is no sentence: data, or a text without stops, which the encoder would cut anyway. */
    private static final int LONGEST = 600;

    private Candidates() {}

    /**
     * A stretch.
     *
     * @param text as it stands in the passage
     * @param heading whether it is a heading, which passages have above their text
     */
    record Candidate(String text, boolean heading) {}

    /** In the document's order; those that {@link Directive} sees nothing in are left out. */
    static List<Candidate> of(List<Block> blocks) {
        var found = new ArrayList<Candidate>();
        for (var block : blocks) {
            switch (block) {
                case Block.Heading heading -> add(heading.text(), true, found);
                case Block.Paragraph paragraph -> sentences(paragraph.text(), found);
                case Block.ItemList list -> list.items().forEach(item -> sentences(item.strip(), found));
                case Block.Table table -> {
                    table.header().forEach(cell -> sentences(oneLine(cell), found));
                    table.rows().forEach(row -> row.forEach(cell -> sentences(oneLine(cell), found)));
                }
                case Block.Code code ->
                    code.text().lines().forEach(line -> {
                        if (Directive.isBlatant(line)) {
                            add(line, false, found);
                        }
                    });
                case Block.Hidden hidden -> {}
            }
        }
        return found;
    }

    /** The same of a text that stands for itself. */
    static List<Candidate> of(String text) {
        var found = new ArrayList<Candidate>();
        sentences(text, found);
        return found;
    }

    private static void sentences(String text, List<Candidate> found) {
        for (var span : SentenceSplitter.split(text)) {
            var sentence = text.substring(span.start(), span.end());
            add(sentence, false, found);
            // What is planted between two lines need not begin or end where a sentence does.
            if (sentence.indexOf('\n') >= 0) {
                sentence.lines().forEach(line -> add(line, false, found));
            }
        }
    }

    private static void add(String sentence, boolean heading, List<Candidate> found) {
        int start = 0;
        while (start < sentence.length() && isFrame(sentence.charAt(start))) {
            start++;
        }
        var text = sentence.substring(start).strip();
        if (text.length() >= SHORTEST && text.length() <= LONGEST && Directive.mayBeIn(text)) {
            found.add(new Candidate(text, heading));
        }
    }

    /** What lists, quotes, comments and headings put before a sentence. */
    private static boolean isFrame(char c) {
        return Character.isWhitespace(c) || "-*•#>|/;%\"“'(".indexOf(c) >= 0;
    }

    private static String oneLine(String cell) {
        return cell.strip().replaceAll("\\s+", " ");
    }
}
