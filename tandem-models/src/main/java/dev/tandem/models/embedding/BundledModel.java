package dev.tandem.models.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the model files that come inside jars. */
final class BundledModel {
    private BundledModel() {}

    static InputStream stream(String name) {
        var stream = BundledModel.class.getResourceAsStream("/" + name);
        if (stream == null) {
            throw new IllegalStateException("The model file " + name + " is not on the class path");
        }
        return stream;
    }

    static byte[] bytes(String name) {
        try (var stream = stream(name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
