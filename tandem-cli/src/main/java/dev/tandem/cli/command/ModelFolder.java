package dev.tandem.cli.command;

import dev.tandem.models.starter.Starter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model's folder as a user names it: a folder, or {@code starter} for the model that comes with Tandem. */
final class ModelFolder {
    private ModelFolder() {}

    /** The folder; the starter is unpacked if it is not yet. A folder that is called so goes before it. */
    static Path of(Path named) {
        return named.equals(Path.of(Starter.NAME)) && !Files.isDirectory(named) ? starter() : named;
    }

    /** The model that comes with Tandem. */
    static Path starter() {
        return Starter.bundled().folder(Starter.cache(System.getenv()));
    }
}
