package dev.tandem.knowledge.document;

import java.util.List;

/**
 * One parsed file.
 *
 * @param path where it is, relative to its source folder, with {@code /} between parts: its identity in a workspace
 * @param title its title: from metadata, else its first heading, else its file name
 * @param metadata typed fields, from front matter, the file's properties and its folder
 * @param blocks its content in reading order
 */
public record Document(String path, String title, Metadata metadata, List<Block> blocks) {
    public Document {
        blocks = List.copyOf(blocks);
    }
}
