package dev.tandem.cli.console;

/**
 * Text that a person may read while it is being made, and that makes room for the finished one: a language model's words
 * as they come, before its citations are checked. Written to stderr where that is a terminal, else nowhere. For one thread.
 */
public final class PassingText {
    private final Terminal terminal;
    private final StringBuilder word = new StringBuilder();
    private int column;
    private int lines;

    public PassingText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Adds a piece; words are kept whole, so its last is held back until it is known to be complete. */
    public void add(String piece) {
        if (!terminal.interactiveErr()) {
            return;
        }
        for (char c : Terminal.printable(piece).toCharArray()) {
            if (c == '\n') {
                writeWord();
                newLine();
            } else if (Character.isWhitespace(c)) {
                writeWord();
            } else {
                word.append(c);
            }
        }
        terminal.err().flush();
    }

    /** Takes all of it off the screen again. */
    public void clear() {
        if (column > 0 || lines > 0) {
            terminal.err().print("\r" + (lines > 0 ? "\u001B[" + lines + "A" : "") + "\u001B[J");
            terminal.err().flush();
        }
        word.setLength(0);
        column = 0;
        lines = 0;
    }

    private void writeWord() {
        if (word.isEmpty()) {
            return;
        }
        if (column > 0 && column + 1 + word.length() > terminal.width()) {
            newLine();
        }
        terminal.err().print((column > 0 ? " " : "") + terminal.dim(word.toString()));
        column += (column > 0 ? 1 : 0) + word.length();
        word.setLength(0);
    }

    private void newLine() {
        terminal.err().print('\n');
        column = 0;
        lines++;
    }
}
