package dev.tandem.workspace.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.http.Patience;
import dev.tandem.workspace.settings.AlertRule.Channel;
import dev.tandem.workspace.settings.AlertSettings;
import dev.tandem.workspace.settings.SettingsReader;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final Patience QUICK = new Patience(3, Duration.ofMillis(1), Duration.ofMillis(5));
    private static final Alert FIRED = new Alert(
            "alert_1",
            Instant.parse("2026-11-27T01:00:00Z"),
            Alert.State.FIRED,
            "my-kb",
            "declined rises by 0.1",
            "declined",
            "The share rose from 0.100 to 0.400.",
            "Look at them: „Straße“.",
            Optional.of(0.4),
            Optional.of(0.1));

    private final WireMockServer hook = new WireMockServer(wireMockConfig().dynamicPort());
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void start() {
        hook.start();
        mail.start();
    }

    @AfterEach
    void stop() {
        hook.stop();
        mail.stop();
    }

    private Alerts alerts(String yaml, Map<String, String> environment) {
        return Alerts.of(settings(yaml), environment, log::add, QUICK);
    }

    private static AlertSettings settings(String yaml) {
        return SettingsReader.read("alerts:\n" + yaml.indent(2), "tandem.yaml").alerts();
    }

    private String mailTo(String more) {
        return "email_to: [ops@example.com, kb@example.com]\nsmtp_host: 127.0.0.1\nsmtp_port: "
                + mail.getSmtp().getPort() + "\nsmtp_security: none\n" + more;
    }

    @Test
    void theLogIsAlwaysTold() {
        var told = alerts("", Map.of()).send(FIRED, Set.of());

        assertThat(told).extracting(Alerts.Delivery::channel).containsExactly(Channel.LOG);
        assertThat(log).singleElement().asString().contains("declined rises by 0.1", "0.400", "Look at them");
    }

    @Test
    void aPostIsSignedAsStandardWebhooksHasIt() throws Exception {
        hook.stubFor(post("/hooks/secret").willReturn(aResponse().withStatus(204)));
        var secret = "whsec_" + Base64.getEncoder().encodeToString("0123456789abcdef01234567".getBytes(UTF_8));

        var told = alerts(
                        "webhook: " + hook.baseUrl() + "/hooks/secret\nwebhook_secret_variable: HOOK",
                        Map.of("HOOK", secret))
                .send(FIRED, Set.of(Channel.WEBHOOK));

        assertThat(told).singleElement().satisfies(each -> {
            assertThat(each.trouble()).isEmpty();
            assertThat(each.address()).isEqualTo("localhost");
        });
        var posted = hook.findAll(postRequestedFor(urlEqualTo("/hooks/secret"))).getFirst();
        var body = new ObjectMapper().readTree(posted.getBodyAsString());
        assertThat(body.path("type").asText()).isEqualTo("tandem.alert.fired");
        assertThat(body.path("text").asText()).contains("my-kb", "0.400");
        assertThat(body.at("/data/value").asDouble()).isEqualTo(0.4);
        assertThat(body.at("/data/look").asText()).contains("Straße");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("0123456789abcdef01234567".getBytes(UTF_8), "HmacSHA256"));
        var signed = posted.getHeader("webhook-id") + "." + posted.getHeader("webhook-timestamp") + "."
                + posted.getBodyAsString();
        assertThat(posted.getHeader("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))));
    }

    @Test
    void aWebhookThatIsBusyIsTriedAgain() {
        hook.stubFor(post("/")
                .inScenario("busy")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(serverError())
                .willSetStateTo("up"));
        hook.stubFor(post("/")
                .inScenario("busy")
                .whenScenarioStateIs("up")
                .willReturn(aResponse().withStatus(200)));

        var told = alerts("webhook: " + hook.baseUrl() + "/", Map.of()).send(FIRED, Set.of(Channel.WEBHOOK));

        assertThat(told).allMatch(each -> each.trouble().isEmpty());
        hook.verify(2, postRequestedFor(urlEqualTo("/")));
    }

    @Test
    void aWebhookThatIsDownKeepsNobodyElseFromBeingToldAndItsPathStaysSecret() throws Exception {
        int nobody;
        try (var free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }

        var told = alerts("webhook: http://localhost:" + nobody + "/T0/secret", Map.of())
                .send(FIRED, Set.of());

        assertThat(told).hasSize(2);
        assertThat(log).hasSize(1);
        assertThat(told.getLast().trouble())
                .get()
                .asString()
                .contains("localhost", "alerts.webhook")
                .doesNotContain("secret");
    }

    @Test
    void alertsAreMailedToAll() throws Exception {
        mail.setUser("tandem", "pass word");

        var told = alerts(
                        mailTo(
                                "email_from: Tandem <tandem@example.com>\nsmtp_user: tandem\nsmtp_password_variable: MAIL"),
                        Map.of("MAIL", "pass word"))
                .send(FIRED, Set.of(Channel.EMAIL));

        assertThat(told).singleElement().satisfies(each -> {
            assertThat(each.trouble()).isEmpty();
            assertThat(each.address()).isEqualTo("ops@example.com and 1 more");
        });
        assertThat(mail.getReceivedMessages()).hasSize(2);
        var message = mail.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("Tandem, my-kb: declined rises by 0.1");
        assertThat(message.getFrom()[0].toString()).contains("tandem@example.com");
        assertThat(String.valueOf(message.getContent())).contains("0.100 to 0.400", "„Straße“", "alert_1");
        assertThat(GreenMailUtil.getHeaders(message)).contains("Auto-Submitted: auto-generated");
    }

    @Test
    void aMailServerThatIsWrongSaysWhatToCheck() {
        mail.setUser("tandem", "right");

        var password = alerts(mailTo("smtp_user: tandem\nsmtp_password_variable: MAIL"), Map.of("MAIL", "wrong"))
                .send(FIRED, Set.of(Channel.EMAIL));
        var security = alerts(mailTo("").replace("security: none", "security: starttls"), Map.of())
                .send(FIRED, Set.of(Channel.EMAIL));

        assertThat(password.getFirst().trouble()).get().asString().contains("alerts.smtp_user");
        assertThat(security.getFirst().trouble()).get().asString().contains("alerts.smtp_security");
    }

    @Test
    void whatCannotBeSetUpSaysWhatIsMissing() {
        assertThatThrownBy(() -> alerts("email_to: [ops@example.com]", Map.of()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("alerts.smtp_host");
        assertThatThrownBy(() -> alerts(mailTo("").replace("ops@example.com", "ops"), Map.of()))
                .hasMessageContaining("'ops', which is no mail address");
        assertThatThrownBy(() -> alerts("webhook: hooks.example.com/secret", Map.of()))
                .hasMessageContaining("no address of a web server")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> alerts("webhook: http://a\nwebhook_secret_variable: NONE", Map.of()))
                .hasMessageContaining("NONE");
        assertThatThrownBy(() -> alerts("rules: [\"gate fails to email\"]", Map.of()))
                .hasMessageContaining("not set up: set alerts.email_to");
    }
}
