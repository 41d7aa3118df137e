package dev.tandem.models.hub;

import java.util.Optional;

/**
 * A file as the hub lists it.
 *
 * @param name in the repository's top folder
 * @param size bytes
 * @param sha256 of its content, given for large files
 * @param gitHash of git's blob, given for the others
 */
record RemoteFile(String name, long size, Optional<String> sha256, Optional<String> gitHash) {}
