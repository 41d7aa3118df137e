package dev.tandem.decoder.constraint;

/**
 * Reads UTF-8 that needs no escape in a JSON string, a byte at a time (table 3-7 of the Unicode Standard; RFC 8259). A state is a
 * number: {@link #BETWEEN} characters, within one, or {@link #OTHER} once something else came.
 */
final class PlainText {
    static final int BETWEEN = 0;
    static final int OTHER = -1;

    private static final int ONE_MORE = 1;
    private static final int TWO_MORE = 2;
    private static final int THREE_MORE = 3;
    private static final int AFTER_E0 = 4;
    private static final int AFTER_ED = 5;
    private static final int AFTER_F0 = 6;
    private static final int AFTER_F4 = 7;

    private PlainText() {}

    /** @param value of the byte, 0 to 255 */
    static int next(int state, int value) {
        return switch (state) {
            case BETWEEN -> first(value);
            case ONE_MORE, TWO_MORE, THREE_MORE -> in(value, 0x80, 0xbf, state - 1);
            case AFTER_E0 -> in(value, 0xa0, 0xbf, ONE_MORE);
            case AFTER_ED -> in(value, 0x80, 0x9f, ONE_MORE);
            case AFTER_F0 -> in(value, 0x90, 0xbf, TWO_MORE);
            case AFTER_F4 -> in(value, 0x80, 0x8f, TWO_MORE);
            default -> OTHER;
        };
    }

    private static int first(int value) {
        if (value < 0x80) {
            return value < ' ' || value == '"' || value == '\\' ? OTHER : BETWEEN;
        }
        return switch (value) {
            case 0xe0 -> AFTER_E0;
            case 0xed -> AFTER_ED;
            case 0xf0 -> AFTER_F0;
            case 0xf4 -> AFTER_F4;
            default ->
                value < 0xc2 || value > 0xf4 ? OTHER : value < 0xe0 ? ONE_MORE : value < 0xf0 ? TWO_MORE : THREE_MORE;
        };
    }

    private static int in(int value, int low, int high, int then) {
        return low <= value && value <= high ? then : OTHER;
    }
}
