package dev.tandem.workspace.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("ask", "ingest", "status", "max_file_size");

    @ParameterizedTest
    @CsvSource({
        "aks, ask",
        "ingset, ingest",
        "statsu, status",
        "stat, status",
        "max_filesize, max_file_size",
        "file_size, max_file_size"
    })
    void aSlipIsRecognised(String written, String meant) {
        assertThat(Suggestion.nearest(written, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "evaluate", "xyz"})
    void whatIsFarFromEveryWordSuggestsNone(String written) {
        assertThat(Suggestion.nearest(written, KNOWN)).isEmpty();
    }

    @Test
    void aVeryLongWordIsNoSlip() {
        assertThat(Suggestion.nearest("ask".repeat(50_000), KNOWN)).isEmpty();
    }
}
