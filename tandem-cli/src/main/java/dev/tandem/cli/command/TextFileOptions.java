package dev.tandem.cli.command;

import dev.tandem.tuning.entry.TextOptions;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How text files are written where they do not tell. */
final class TextFileOptions {
    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description =
                    "The text's encoding, as windows-1252; UTF-8, or UTF-16 with a byte order mark, unless given.")
    private @Nullable Charset encoding;

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            converter = Delimiter.class,
            description =
                    "What stands between the cells of a table, or the word tab; found from its first line unless given.")
    private @Nullable Character delimiter;

    TextOptions options() {
        return new TextOptions(Optional.ofNullable(encoding), Optional.ofNullable(delimiter));
    }

    /** One character, or a word for the one that shells swallow. */
    static final class Delimiter implements ITypeConverter<Character> {
        @Override
        public Character convert(String value) {
            if (value.equals("tab") || value.equals("\\t")) {
                return '\t';
            }
            if (value.length() != 1 || "\"\r\n".contains(value)) {
                throw new TypeConversionException("'" + value + "' is not one character");
            }
            return value.charAt(0);
        }
    }
}
