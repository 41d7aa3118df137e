package dev.tandem.models.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ModelPullTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String TOKEN = "hf_secret";
    private static final byte[] CONFIG = "{\"model_type\": \"qwen2\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WEIGHTS = new byte[300_000];

    static {
        for (int i = 0; i < WEIGHTS.length; i++) {
            WEIGHTS[i] = (byte) (i * 31 + i / 251);
        }
    }

    @RegisterExtension
    private static final WireMockExtension HUB = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    /** Where large files lie: another host, as far as the token is concerned. */
    @RegisterExtension
    private static final WireMockExtension STORE = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    private Path folder;

    @BeforeEach
    void listFiles() throws Exception {
        HUB.stubFor(get(urlPathEqualTo("/api/models/owner/small/revision/main"))
                .willReturn(aResponse().withBody("""
                {"sha": "%s", "siblings": [
                  {"rfilename": "config.json", "size": %d, "blobId": "%s"},
                  {"rfilename": "model.safetensors", "size": %d, "blobId": "00", "lfs": {"sha256": "%s", "size": %d}},
                  {"rfilename": "pytorch_model.bin", "size": 5, "blobId": "00"},
                  {"rfilename": "../../escape.json", "size": 5, "blobId": "00"},
                  {"rfilename": "onnx/model.json", "size": 5, "blobId": "00"}]}
                """.formatted(
                                COMMIT,
                                CONFIG.length,
                                hash("SHA-1", "blob " + CONFIG.length + "\0", CONFIG),
                                WEIGHTS.length,
                                hash("SHA-256", "", WEIGHTS),
                                WEIGHTS.length))));
        HUB.stubFor(get(urlEqualTo("/owner/small/resolve/" + COMMIT + "/config.json"))
                .willReturn(aResponse().withBody(CONFIG)));
        HUB.stubFor(get(urlEqualTo("/owner/small/resolve/" + COMMIT + "/model.safetensors"))
                .willReturn(aResponse().withStatus(302).withHeader("Location", STORE.baseUrl() + "/blob?signed=1")));
        STORE.stubFor(get(urlEqualTo("/blob?signed=1")).willReturn(aResponse().withBody(WEIGHTS)));
    }

    @Test
    void theModelIsFetchedOnceAndTheTokenStaysWithTheHub() throws IOException {
        var result = pull();

        assertThat(result.commit()).isEqualTo(COMMIT);
        assertThat(result.fetched()).isEqualTo(CONFIG.length + WEIGHTS.length);
        assertThat(folder.resolve("config.json")).hasBinaryContent(CONFIG);
        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.json", "model.safetensors", "tandem-pull.json");
        }
        HUB.verify(getRequestedFor(urlPathEqualTo("/api/models/owner/small/revision/main"))
                .withHeader("Authorization", equalTo("Bearer " + TOKEN)));
        STORE.verify(getRequestedFor(urlPathEqualTo("/blob")).withHeader("Authorization", absent()));

        HUB.resetRequests();
        var again = new ModelPull(new HubSettings(URI.create("http://localhost:1"), Optional.empty(), true))
                .pull("owner/small", "main", folder, Progress.silent());
        assertThat(again.fetched()).isZero();
        assertThat(HUB.getAllServeEvents()).isEmpty();
    }

    @Test
    void whatCameInPartIsContinued() throws IOException {
        Files.write(folder.resolve("model.safetensors.part"), Arrays.copyOf(WEIGHTS, 100_000));
        STORE.stubFor(get(urlEqualTo("/blob?signed=1"))
                .withHeader("Range", equalTo("bytes=100000-"))
                .willReturn(aResponse()
                        .withStatus(206)
                        .withHeader("Content-Range", "bytes 100000-299999/300000")
                        .withBody(Arrays.copyOfRange(WEIGHTS, 100_000, WEIGHTS.length))));

        var result = pull();

        assertThat(result.fetched()).isEqualTo(CONFIG.length + 200_000);
        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aServerThatDoesNotContinueBeginsAnew() throws IOException {
        Files.write(folder.resolve("model.safetensors.part"), Arrays.copyOf(WEIGHTS, 100_000));

        pull();

        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aBrokenConnectionIsTriedAgain() throws IOException {
        STORE.stubFor(get(urlEqualTo("/blob?signed=1"))
                .inScenario("flaky")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("better")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        STORE.stubFor(get(urlEqualTo("/blob?signed=1"))
                .inScenario("flaky")
                .whenScenarioStateIs("better")
                .willReturn(aResponse().withBody(WEIGHTS)));

        pull();

        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aDamagedFileIsThrownAwayAndLeavesNoRecord() {
        var damaged = WEIGHTS.clone();
        damaged[7]++;
        STORE.stubFor(get(urlEqualTo("/blob?signed=1")).willReturn(aResponse().withBody(damaged)));

        assertThatThrownBy(this::pull).isInstanceOf(MendableException.class).hasMessageContaining("damaged");

        assertThat(folder.resolve("model.safetensors")).doesNotExist();
        assertThat(folder.resolve("model.safetensors.part")).doesNotExist();
        assertThat(folder.resolve("tandem-pull.json")).doesNotExist();
    }

    @Test
    void refusalsSayHowToMend() {
        HUB.stubFor(get(urlPathEqualTo("/api/models/owner/gated/revision/main"))
                .willReturn(aResponse().withStatus(403)));
        var hub = new ModelPull(settings());
        assertThatThrownBy(() -> hub.pull("owner/gated", "main", folder, Progress.silent()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("accept the model's terms")
                .hasMessageNotContaining(TOKEN);
        assertThatThrownBy(() -> hub.pull("owner/none", "main", folder, Progress.silent()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("spelling");
        for (var name : new String[] {"small", "a/b/c", "../..", "owner/", ""}) {
            assertThatThrownBy(() -> hub.pull(name, "main", folder, Progress.silent()))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("OWNER/NAME");
        }
        var gone = new ModelPull(new HubSettings(URI.create("http://localhost:1"), Optional.empty(), false));
        assertThatThrownBy(() -> gone.pull("owner/small", "main", folder, Progress.silent()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("HF_ENDPOINT");
    }

    @Test
    void theEnvironmentIsReadAsHuggingFacesToolsReadIt() {
        var settings = HubSettings.of(
                Map.of("HF_ENDPOINT", "https://mirror.example/", "HF_TOKEN", TOKEN + "\n", "HF_HUB_OFFLINE", "1"));
        assertThat(settings.endpoint()).hasToString("https://mirror.example");
        assertThat(settings.token()).contains(TOKEN);
        assertThat(settings.offline()).isTrue();
        assertThat(settings.toString()).doesNotContain(TOKEN);
    }

    private ModelPull.Result pull() {
        return new ModelPull(settings()).pull("owner/small", "main", folder, Progress.silent());
    }

    private static HubSettings settings() {
        return new HubSettings(URI.create(HUB.baseUrl()), Optional.of(TOKEN), false);
    }

    private static String hash(String algorithm, String before, byte[] bytes) throws Exception {
        var digest = MessageDigest.getInstance(algorithm);
        digest.update(before.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(bytes));
    }
}
