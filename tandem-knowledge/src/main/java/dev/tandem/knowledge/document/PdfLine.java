package dev.tandem.knowledge.document;

/**
 * A line of a PDF.
 *
 * @param text without space at its ends
 * @param size of most of its letters, in points, to the half
 * @param bold whether most of it is
 * @param monospaced whether most of it is, as source code
 * @param startsParagraph whether its distance or indent parts it from the line before
 * @param page from 1
 * @param height where on the page it stands, from 0 at the top to 1
 */
record PdfLine(
        String text, double size, boolean bold, boolean monospaced, boolean startsParagraph, int page, double height) {
    boolean endsSentence() {
        return ".!?:;,".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    boolean hasLetter() {
        return text.codePoints().anyMatch(Character::isLetter);
    }
}
