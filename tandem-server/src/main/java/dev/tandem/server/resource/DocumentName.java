package dev.tandem.server.resource;

import dev.tandem.knowledge.document.Format;
import dev.tandem.server.http.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What an uploaded file may be called: a plain name that means the same on every system, of a format that is read. */
final class DocumentName {
    private static final int LONGEST = 200;
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}/\\\\:*?\"<>|]");

    /** Names that are devices on Windows, whatever their extension. */
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private DocumentName() {}

    /**
     * The name, if it is one.
     *
     * @throws ApiError 400 if it is not
     */
    static String checked(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (name.isBlank()
                || !name.equals(name.strip())
                || name.getBytes(StandardCharsets.UTF_8).length > LONGEST
                || FORBIDDEN.matcher(name).find()
                || name.startsWith(".")
                || name.startsWith("~$")
                || name.endsWith(".")
                || DEVICE.matcher(lower).matches()) {
            throw ApiError.invalid(
                    "A file cannot be called '" + FORBIDDEN.matcher(name).replaceAll("?") + "': give it a plain name,"
                            + " without folders, that does not begin with a dot and has at most " + LONGEST + " bytes.",
                    "file");
        }
        if (lower.equals("tandem.yaml")
                || lower.equals("metadata.yaml")
                || Format.of(name).isEmpty()) {
            throw ApiError.invalid("'" + name + "' is of a format that is not read.", "file");
        }
        return name;
    }
}
