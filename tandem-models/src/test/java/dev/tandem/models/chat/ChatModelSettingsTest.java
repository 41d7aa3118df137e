package dev.tandem.models.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatModelSettingsTest {
    @Test
    void printingShowsNoHeaderValue() {
        var settings = settings("http://localhost:1/v1", "KEY", Map.of("X-Secret", "swordfish"));
        assertThat(settings.toString()).contains("X-Secret", "KEY").doesNotContain("swordfish");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-proj-abcdef", "skabcdefghijklmnop1234", "hf_AbCdEfGhIjKlMnOpQr", "a b", "${KEY}"})
    void aKeyInTheVariablesPlaceIsRefusedWithoutRepeatingIt(String key) {
        assertThatThrownBy(() -> settings("http://localhost:1/v1", key, Map.of()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("model.api_key_variable")
                .message()
                .doesNotContain(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000", "ftp://host/x", "http://", "", "http://host/v1?key=abc", "http://ho st"})
    void anAddressThatIsNoWebAddressIsRefused(String url) {
        assertThatThrownBy(() -> settings(url, "", Map.of()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("model.base_url");
    }

    @Test
    void aPasswordInTheAddressIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> settings("http://me:swordfish@host/v1", "", Map.of()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("model.api_key_variable")
                .message()
                .doesNotContain("swordfish");
    }

    @Test
    void theLastSlashOfTheAddressDoesNotMatter() {
        assertThat(settings("http://localhost:1/v1/", "", Map.of()).baseUrl()).isEqualTo("http://localhost:1/v1");
    }

    @Test
    void theAnswerMustLeaveRoomForThePrompt() {
        assertThatThrownBy(() -> new ChatModelSettings(
                        ChatModelSettings.Provider.OLLAMA,
                        "http://h",
                        "m",
                        "",
                        0,
                        2048,
                        2048,
                        Duration.ofSeconds(1),
                        Map.of()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("model.context_tokens (2048)");
    }

    @Test
    void aHeaderOfTwoLinesIsRefused() {
        assertThatThrownBy(() -> settings("http://h", "", Map.of("X", "a\r\nY: b")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("model.headers");
    }

    private static ChatModelSettings settings(String url, String key, Map<String, String> headers) {
        return new ChatModelSettings(
                ChatModelSettings.Provider.OPENAI_COMPATIBLE,
                url,
                "m",
                key,
                0,
                512,
                4096,
                Duration.ofSeconds(1),
                headers);
    }
}
