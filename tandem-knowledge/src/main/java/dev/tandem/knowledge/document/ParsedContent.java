package dev.tandem.knowledge.document;

import java.util.List;

/** What a parser finds in a file: its blocks, and the fields that the file itself declares. */
record ParsedContent(List<Block> blocks, Metadata metadata) {}
