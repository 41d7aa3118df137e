package dev.tandem.knowledge.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats that are read, by file extension. */
public enum Format {
    MARKDOWN("md", "markdown", "mdx"),
    HTML("html", "htm", "xhtml"),
    RESTRUCTURED_TEXT("rst"),
    LATEX("tex", "latex"),
    TEXT("txt", "text", "log", "adoc", "asciidoc", "org"),
    CSV("csv", "tsv"),
    JSON("json"),
    JSON_LINES("jsonl", "ndjson"),
    PDF("pdf"),
    WORD("docx", "doc", "docm", "rtf", "odt"),
    SLIDES("pptx", "ppt", "odp"),
    SPREADSHEET("xlsx", "xls", "xlsm", "ods"),
    BOOK("epub"),
    EMAIL("eml", "msg"),
    CODE(
            "java",
            "kt",
            "kts",
            "scala",
            "groovy",
            "py",
            "rb",
            "go",
            "rs",
            "c",
            "h",
            "cc",
            "cpp",
            "hpp",
            "cs",
            "js",
            "mjs",
            "ts",
            "tsx",
            "jsx",
            "php",
            "swift",
            "sh",
            "bash",
            "ps1",
            "sql",
            "r",
            "lua",
            "pl",
            "yaml",
            "yml",
            "toml",
            "ini",
            "properties",
            "xml",
            "gradle",
            "tf",
            "proto",
            "css",
            "scss",
            "graphql");

    /** Between spaces, because an enum holds only what cannot change. */
    private final String extensions;

    Format(String... extensions) {
        this.extensions = " " + String.join(" ", extensions) + " ";
    }

    /** The format of a file by its name, if it is one that is read. */
    public static Optional<Format> of(String fileName) {
        var extension = " " + extension(fileName) + " ";
        return Arrays.stream(values())
                .filter(format -> format.extensions.contains(extension))
                .findFirst();
    }

    static String extension(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Whether files of this format are containers that can hang or eat memory, and are parsed in a process of their own. */
    boolean needsWorker() {
        return switch (this) {
            case PDF, WORD, SLIDES, SPREADSHEET, BOOK, EMAIL -> true;
            default -> false;
        };
    }

    /** Whether it is running text with marks, where a hostile file can cost its parser more than time in proportion. */
    boolean isMarkup() {
        return switch (this) {
            case MARKDOWN, HTML, RESTRUCTURED_TEXT, LATEX -> true;
            default -> false;
        };
    }

    /** As it stands in the metadata field {@code format}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
