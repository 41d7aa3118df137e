package dev.tandem.evaluation.testset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicCollectionsTest {
    private static final Pattern COUNTS =
            Pattern.compile("counts: (\\d+) docs .*?, (\\d+) queries .*?, (\\d+) judgements");

    @ParameterizedTest
    @ValueSource(strings = {"cranfield", "npl", "product-docs-qa", "squad-subset", "xquad-en"})
    void aCollectionHasAsManyRecordsAsItsSourceSays(String name) throws IOException {
        Path folder = data().resolve("beir").resolve(name);
        assumeTrue(Files.isDirectory(folder), () -> "The collection " + name + " is not in " + folder);
        Matcher counts = COUNTS.matcher(Files.readString(folder.resolve("SOURCE.txt")));
        assertThat(counts.find()).isTrue();
        BeirFolder beir = BeirFolder.open(folder, BeirFolder.TEST);
        assertThat(documents(beir)).isEqualTo(Integer.parseInt(counts.group(1)));
        assertThat(beir.queries()).hasSize(Integer.parseInt(counts.group(2)));
        assertThat(beir.qrels().judgements()).isEqualTo(Integer.parseInt(counts.group(3)));
    }

    private static int documents(BeirFolder beir) {
        int count = 0;
        try (TestDocuments documents = beir.documents()) {
            while (documents.next().isPresent()) {
                count++;
            }
        }
        return count;
    }

    private static Path data() {
        String override = System.getProperty("tandem.data", "");
        if (!override.isEmpty()) {
            return Path.of(override);
        }
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw")) && root.getParent() != null) {
            root = root.getParent();
        }
        return root.resolve("../shared/data");
    }
}
