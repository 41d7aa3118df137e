package dev.tandem.workspace.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is told of what, and how; each component is documented by its {@link Key}. */
public record AlertSettings(
        @Key(
                "When somebody is told, a rule a line, like `faithfulness falls by 0.05 to email`; docs/serving-monitoring.md has them all. An empty list for never.")
        List<AlertRule> rules,

        @Key("Where alerts are posted to as JSON, like `https://chat.example.com/hooks/abc`.")
        Optional<String> webhook,

        @Key(
                "The environment variable that holds the secret by which posts are signed (Standard Webhooks: HMAC-SHA256).")
        Optional<String> webhookSecretVariable,

        @Key("Whom alerts are mailed to.") List<String> emailTo,

        @Key("Whom mails say they are from.") Optional<String> emailFrom,

        @Key("The mail server that takes them.") Optional<String> smtpHost,

        @Key(value = "Its port.", minimum = 1, maximum = 65535)
        int smtpPort,

        @Key(
                "How the connection is kept private: `starttls` (refused by servers that cannot), `tls` from the start, or `none`.")
        Security smtpSecurity,

        @Key("The name to sign in with; without one nobody signs in.")
        Optional<String> smtpUser,

        @Key("The environment variable that holds its password.")
        Optional<String> smtpPasswordVariable) {
    /** How a connection is kept private. */
    public enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    public static final AlertSettings DEFAULTS = new AlertSettings(
            Stream.of(
                            "questions drift",
                            "faithfulness falls by 0.05",
                            "answer_relevancy falls by 0.05",
                            "declined rises by 0.1",
                            "failed rises by 0.02",
                            "thumbs_down rises by 0.1",
                            "latency rises by 50%",
                            "gate fails")
                    .map(AlertRule::parse)
                    .toList(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            587,
            Security.STARTTLS,
            Optional.empty(),
            Optional.empty());

    public AlertSettings {
        rules = List.copyOf(rules);
        emailTo = List.copyOf(emailTo);
    }
}
