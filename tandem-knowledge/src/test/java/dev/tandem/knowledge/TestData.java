package dev.tandem.knowledge;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Public collections beside the checkout, or where {@code -Dtandem.data} says; a test that needs one skips without. */
public final class TestData {
    private TestData() {}

    public static Path folder(String name) {
        var folder = root().resolve(name);
        assumeTrue(
                Files.isDirectory(folder), "the collection " + name + " is not beside the checkout (../shared/data)");
        return folder;
    }

    private static Path root() {
        var given = System.getProperty("tandem.data");
        if (given != null) {
            return Path.of(given);
        }
        var checkout = Path.of("").toAbsolutePath();
        for (var at = checkout; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("mvnw"))) {
                checkout = at;
            }
        }
        return checkout.resolveSibling("shared").resolve("data");
    }
}
