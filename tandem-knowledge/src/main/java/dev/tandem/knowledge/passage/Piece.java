package dev.tandem.knowledge.passage;

/**
 * The least that is kept whole when passages are packed: a sentence, a list item, a table row, a block of code.
 *
 * @param text its text
 * @param before what stands between it and the piece before it in the same passage
 * @param tokens its length in the embedding model's tokens
 * @param page its page, 0 for none
 * @param kind what it is
 */
record Piece(String text, String before, int tokens, int page, Kind kind) {
    enum Kind {
        PROSE,
        ROW,
        CODE,
        HEADING
    }
}
