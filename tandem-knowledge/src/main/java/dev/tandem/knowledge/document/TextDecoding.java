package dev.tandem.knowledge.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.txt.UniversalEncodingDetector;

/**
 * Bytes to text: UTF-8, UTF-16 with or without a byte order mark, the encoding that a page declares, one that is told by
 * the frequency of its bytes, else Windows-1252. Unix line ends, no control characters.
 */
final class TextDecoding {
    /** Text has hardly any of these; a file with more is something else under a text file's name. */
    private static final double MOST_CONTROL_CHARACTERS = 0.02;

    private static final int HEAD = 4096;
    private static final int ENOUGH_TO_GUESS = 64;
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Pattern DECLARATION = Pattern.compile("(?i)(?:charset|encoding)\\s*=\\s*[\"']?([\\w.:-]+)");

    private TextDecoding() {}

    static String read(Path file, int characters) throws IOException, UnreadableException {
        var text = decode(Files.readAllBytes(file));
        if (text.length() > characters) {
            throw UnreadableException.tooLong(characters);
        }
        return text;
    }

    static String decode(byte[] bytes) throws UnreadableException {
        var text = undamaged(bytes);
        long control = text.chars().filter(CleanText::isControl).count();
        if (control > text.length() * MOST_CONTROL_CHARACTERS) {
            throw new UnreadableException("is not text, whatever its name says");
        }
        var clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                clean.append(i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "" : "\n");
            } else if (!CleanText.isControl(c)) {
                clean.append(c);
            }
        }
        return clean.toString();
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
        var wide = wide(bytes);
        if (wide.isPresent()) {
            return new String(bytes, wide.get());
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, declared(bytes).or(() -> guessed(bytes)).orElse(WINDOWS));
        }
    }

    /** In UTF-16, every other byte of western text is zero. */
    private static Optional<Charset> wide(byte[] bytes) {
        int[] zeros = new int[2];
        for (int i = 0; i < Math.min(bytes.length, HEAD); i++) {
            zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
        }
        int most = Math.min(bytes.length, HEAD) / 8;
        if (bytes.length < 16 || zeros[0] <= most && zeros[1] <= most) {
            return Optional.empty();
        }
        if (zeros[0] <= zeros[1] / 8) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return zeros[1] <= zeros[0] / 8 ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    private static Optional<Charset> declared(byte[] bytes) {
        var head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
        var declaration = DECLARATION.matcher(head);
        return declaration.find() ? charset(declaration.group(1)) : Optional.empty();
    }

    private static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** Frequencies tell nothing of a few letters; of western encodings, Windows-1252 holds all others. */
    private static Optional<Charset> guessed(byte[] bytes) {
        int foreign = 0;
        for (byte b : bytes) {
            foreign += b < 0 ? 1 : 0;
        }
        if (foreign < ENOUGH_TO_GUESS) {
            return Optional.empty();
        }
        try (var in = TikaInputStream.get(bytes)) {
            return Optional.ofNullable(new UniversalEncodingDetector().detect(in, new Metadata()))
                    .filter(guess -> !guess.name().startsWith("ISO-8859-1") && !guess.equals(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
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
