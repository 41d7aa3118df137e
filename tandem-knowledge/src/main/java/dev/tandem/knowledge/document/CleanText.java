package dev.tandem.knowledge.document;

import java.text.Normalizer;
import java.util.List;

/**
 * Text as it is stored, found and quoted: no control characters, no halves of surrogate pairs, no soft hyphens or byte
 * order marks, ligatures as letters, and composed as Unicode's form C, because people type it so. Code keeps its letters.
 */
final class CleanText {
    private CleanText() {}

    static Block of(Block block) {
        return switch (block) {
            case Block.Heading heading -> new Block.Heading(heading.level(), prose(heading.text()), heading.page());
            case Block.Paragraph paragraph -> new Block.Paragraph(prose(paragraph.text()), paragraph.page());
            case Block.ItemList list -> new Block.ItemList(list.ordered(), prose(list.items()), list.page());
            case Block.Table table ->
                new Block.Table(
                        prose(table.header()),
                        table.rows().stream().map(CleanText::prose).toList(),
                        table.page());
            case Block.Code code -> new Block.Code(code.language(), visible(code.text(), false), code.page());
            case Block.Hidden hidden -> new Block.Hidden(prose(hidden.text()), hidden.page());
        };
    }

    static List<String> prose(List<String> texts) {
        return texts.stream().map(CleanText::prose).toList();
    }

    static String prose(String text) {
        var clean = visible(text, true);
        return Normalizer.isNormalized(clean, Normalizer.Form.NFC)
                ? clean
                : Normalizer.normalize(clean, Normalizer.Form.NFC);
    }

    private static String visible(String given, boolean prose) {
        var text = SeenText.visible(given);
        int at = 0;
        while (at < text.length() && text.charAt(at) < 0x7f && !isControl(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        var clean = new StringBuilder(text.length()).append(text, 0, at);
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                clean.append(c).append(text.charAt(++i));
            } else if (prose && c >= '\ufb00' && c <= '\ufb06') {
                clean.append(Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC));
            } else if (!Character.isSurrogate(c) && !isControl(c) && !(prose && (c == '\u00ad' || c == '\ufeff'))) {
                clean.append(c);
            }
        }
        return clean.toString();
    }

    /** Whether a character has no place in text. */
    static boolean isControl(int c) {
        return c < ' ' && c != '\n' && c != '\r' && c != '\t'
                || c >= 0x7f && c < 0xa0 && c != 0x85
                || c == 0xfffe
                || c == 0xffff;
    }
}
