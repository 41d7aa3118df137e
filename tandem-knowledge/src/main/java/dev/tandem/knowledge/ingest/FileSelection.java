package dev.tandem.knowledge.ingest;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;

/**
 * Which files of a source folder are documents: all that match an include pattern and no exclude pattern.
 *
 * @param include glob patterns over paths relative to the source, such as {@code **.md}; none for every file
 * @param exclude glob patterns over the same paths, such as {@code drafts/**}
 */
public record FileSelection(List<String> include, List<String> exclude) {
    /** Every file. */
    public static final FileSelection EVERYTHING = new FileSelection(List.of(), List.of());

    private static final Set<String> TOOL_FOLDERS = Set.of("node_modules", "target", "build", "__pycache__", "venv");

    public FileSelection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** Whether a folder of this name, with all below it, is never looked at: hidden, or made by a tool. */
    public static boolean isLeftOut(String folder) {
        return folder.startsWith(".") || TOOL_FOLDERS.contains(folder);
    }

    /** Whether a file is selected by its path relative to the source, with {@code /} between parts. */
    public boolean selects(String path) {
        var relative = Path.of(path);
        return (include.isEmpty() || matches(include, relative)) && !matches(exclude, relative);
    }

    private static boolean matches(List<String> globs, Path path) {
        return globs.stream().map(FileSelection::matcher).anyMatch(matcher -> matcher.matches(path));
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }
}
