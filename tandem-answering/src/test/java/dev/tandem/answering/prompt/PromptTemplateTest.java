package dev.tandem.answering.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTemplateTest {
    @Test
    void theShippedTemplateNamesItsVersionAndHoldsItsPlaceholders() {
        var template = PromptTemplate.shipped();
        assertThat(template.name()).isEqualTo("answer-v1");
        assertThat(template.system("NOPE", "FENCE"))
                .contains("write NOPE and", "<<FENCE")
                .doesNotContain("{{");
        assertThat(template.user("P", "H\n\n", "Q?")).isEqualTo("Passages:\n\nP\n\nH\n\nQuestion: Q?");
    }

    @Test
    void aPlaceholdersNameInsideAValueStaysText() {
        assertThat(PromptTemplate.shipped().user("{{question}} $1 \\", "", "Q?"))
                .contains("{{question}} $1 \\");
    }

    @Test
    void aWorkspacesOwnFileIsRead(@TempDir Path folder) throws IOException {
        var file = folder.resolve("mine.md");
        Files.writeString(
                file, "--- system\r\n{{ cannot_answer }} {{boundary}}\r\n--- user\r\n{{passages}}{{question}}\r\n");
        var template = PromptTemplate.read(file);
        assertThat(template.name()).isEqualTo(file.toString());
        assertThat(template.system("N", "B")).isEqualTo("N B");
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
        var file = folder.resolve("none.md");
        assertThatThrownBy(() -> PromptTemplate.read(file))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hello | lacks its two parts
                    --- system~{{cannot_answer}}{{boundary}}~ | lacks its two parts
                    --- system~{{boundary}}~--- user~{{passages}}{{question}} | lacks {{cannot_answer}}
                    --- system~{{cannot_answer}}{{boundary}}~--- user~{{passages}} | lacks {{question}}
                    --- system~{{cannot_answer}}{{boundary}}~--- user~{{passages}}~{{quesion}} | on line 5
                    """)
    void aFaultyTemplateSaysWhatIsWrong(String text, String expected) {
        assertThatThrownBy(() -> PromptTemplate.parse("mine.md", text.replace('~', '\n')))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("mine.md")
                .hasMessageContaining(expected);
    }
}
