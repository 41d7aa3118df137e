package dev.tandem.knowledge.document;

import java.util.List;

/**
 * One parsed file.
 *
 * @param path where it is, relative to its source folder, with {@code /} between parts: its identity in a workspace
 * @param title its title: from metadata, else its first heading, else its file name
 * @param metadata typed fields, from front matter, the file's properties and its folder
 * @param blocks its content in reading order
 * @param hidden texts in it that its readers do not see, which are no part of the content
 */
public record Document(String path, String title, Metadata metadata, List<Block> blocks, List<String> hidden) {
    public Document {
        blocks = List.copyOf(blocks);
        hidden = List.copyOf(hidden);
    }

    /** A document in which nothing is hidden. */
    public Document(String path, String title, Metadata metadata, List<Block> blocks) {
        this(path, title, metadata, blocks, List.of());
    }
}
