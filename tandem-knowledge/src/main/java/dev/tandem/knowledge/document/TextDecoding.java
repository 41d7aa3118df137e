package dev.tandem.knowledge.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to text: UTF-8, UTF-16 with a byte order mark, else Windows-1252; unix line ends, no control characters. */
final class TextDecoding {
    /** Text has hardly any of these; a file with more is something else under a text file's name. */
    private static final double MOST_CONTROL_CHARACTERS = 0.02;

    private TextDecoding() {}

    static String read(Path file, ReadingLimits limits) throws IOException, UnreadableException {
        var text = decode(Files.readAllBytes(file));
        if (text.length() > limits.characters()) {
            throw new UnreadableException("has more than the limit of " + limits.characters() + " characters");
        }
        return text;
    }

    static String decode(byte[] bytes) throws UnreadableException {
        var text = undamaged(bytes);
        long control = text.chars().filter(TextDecoding::isControl).count();
        if (control > text.length() * MOST_CONTROL_CHARACTERS) {
            throw new UnreadableException("is not text, whatever its name says");
        }
        var clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                clean.append(i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "" : "\n");
            } else if (!isControl(c)) {
                clean.append(c);
            }
        }
        return clean.toString();
    }

    private static boolean isControl(int c) {
        return c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7f || c == 0xfffe || c == 0xffff;
    }

    private static String undamaged(byte[] bytes) {
        if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
            return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xff, 0xfe)) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xfe, 0xff)) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("windows-1252"));
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
