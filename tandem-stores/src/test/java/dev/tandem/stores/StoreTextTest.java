package dev.tandem.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoreTextTest {
    private static final String BEGIN = "<!-- the table of StoreProvider; StoreTextTest writes it -->\n";
    private static final String END = "<!-- end of the table -->";

    /** Rewrites the table when run with -Dtandem.write.docs, which is how it is made. */
    @Test
    void thePageOfStoresHoldsTheTable() throws Exception {
        var page = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("mvnw")))
                .findFirst()
                .orElseThrow()
                .resolve("docs/stores.md");
        var text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (System.getProperty("tandem.write.docs") != null) {
            text = text.substring(0, begin) + StoreText.table() + text.substring(end);
            Files.writeString(page, text);
            end = text.indexOf(END);
        }
        assertThat(text.substring(begin, end))
                .as("run with -Dtandem.write.docs to write it anew")
                .isEqualTo(StoreText.table());
    }
}
