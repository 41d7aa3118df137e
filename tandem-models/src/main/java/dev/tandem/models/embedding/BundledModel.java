package dev.tandem.models.embedding;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the model files that come inside jars. */
final class BundledModel {
    private BundledModel() {}

    static byte[] bytes(String name) {
        try (var stream = BundledModel.class.getResourceAsStream("/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("The model file " + name + " is not on the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
