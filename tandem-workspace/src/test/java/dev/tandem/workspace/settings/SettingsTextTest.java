package dev.tandem.workspace.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTextTest {
    /** Rewrites the page when run with -Dtandem.write.docs, which is how it is made. */
    @Test
    void thePageOfKeysIsWhatTheRecordsSay() throws Exception {
        var page = repository().resolve("docs/configuration.md");
        if (System.getProperty("tandem.write.docs") != null) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, SettingsText.markdown());
        }
        assertThat(page).as("run with -Dtandem.write.docs to write it anew").hasContent(SettingsText.markdown());
    }

    private static Path repository() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("mvnw")))
                .findFirst()
                .orElseThrow();
    }
}
