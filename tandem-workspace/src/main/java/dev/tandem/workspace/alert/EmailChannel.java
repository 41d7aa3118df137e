package dev.tandem.workspace.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.offline.OfflineGuard;
import dev.tandem.workspace.settings.AlertRule;
import dev.tandem.workspace.settings.AlertSettings;
import dev.tandem.workspace.settings.AlertSettings.Security;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Mails alerts as plain text by SMTP. */
final class EmailChannel implements AlertChannel {
    private static final String MILLISECONDS = "10000";

    private final String host;
    private final InternetAddress from;
    private final List<InternetAddress> to;
    private final Session session;

    /**
     * A channel.
     *
     * @param password of {@code smtp_user}
     * @throws MendableException if something is missing, or an address is none
     */
    EmailChannel(AlertSettings settings, Optional<String> password) {
        this.host = settings.smtpHost()
                .orElseThrow(() -> new MendableException("alerts.email_to in tandem.yaml needs a mail server: set"
                        + " alerts.smtp_host, and alerts.smtp_port unless it is 587."));
        this.to = settings.emailTo().stream()
                .map(each -> address("alerts.email_to", each))
                .toList();
        this.from = settings.emailFrom()
                .map(each -> address("alerts.email_from", each))
                .orElse(to.getFirst());
        this.session = Session.getInstance(properties(settings), authenticator(settings.smtpUser(), password));
    }

    private static InternetAddress address(String key, String text) {
        try {
            var address = new InternetAddress(text, true);
            address.validate();
            if (text.contains("@")) {
                return address;
            }
        } catch (AddressException noAddress) {
            // Said below.
        }
        throw new MendableException(key + " in tandem.yaml holds '" + text
                + "', which is no mail address: write one like ops@example.com.");
    }

    private static Properties properties(AlertSettings settings) {
        var properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", settings.smtpHost().orElseThrow());
        properties.put("mail.smtp.port", Integer.toString(settings.smtpPort()));
        properties.put("mail.smtp.auth", Boolean.toString(settings.smtpUser().isPresent()));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(settings.smtpSecurity() == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(settings.smtpSecurity() == Security.STARTTLS));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(settings.smtpSecurity() == Security.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.connectiontimeout", MILLISECONDS);
        properties.put("mail.smtp.timeout", MILLISECONDS);
        properties.put("mail.smtp.writetimeout", MILLISECONDS);
        return properties;
    }

    private static Authenticator authenticator(Optional<String> user, Optional<String> password) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user.orElse(""), password.orElse(""));
            }
        };
    }

    @Override
    public AlertRule.Channel kind() {
        return AlertRule.Channel.EMAIL;
    }

    @Override
    public String address() {
        return to.size() == 1
                ? to.getFirst().getAddress()
                : to.getFirst().getAddress() + " and " + (to.size() - 1) + " more";
    }

    @Override
    public void send(Alert alert) {
        OfflineGuard.check(host);
        try {
            var message = new MimeMessage(session);
            message.setFrom(from);
            message.setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
            message.setSubject(alert.title().replaceAll("\\s+", " "), UTF_8.name());
            message.setText(text(alert), UTF_8.name());
            message.setSentDate(Date.from(alert.time()));
            message.setHeader("Auto-Submitted", "auto-generated");
            Transport.send(message);
        } catch (AuthenticationFailedException e) {
            throw new MendableException(
                    "The mail server " + host
                            + " does not take the name or the password: check alerts.smtp_user and the"
                            + " variable that alerts.smtp_password_variable names.",
                    e);
        } catch (MessagingException e) {
            throw new MendableException(
                    "The alert was not mailed by " + host + " (" + reason(e)
                            + "): check alerts.smtp_host, alerts.smtp_port and alerts.smtp_security in tandem.yaml.",
                    e);
        }
    }

    private static String reason(MessagingException e) {
        var text = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
        return text.endsWith(".") || text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    }

    private static String text(Alert alert) {
        var text = new StringBuilder(alert.sentence()).append("\n");
        if (!alert.look().isEmpty() && alert.state() == Alert.State.FIRED) {
            text.append("\n").append(alert.look()).append("\n");
        }
        return text.append("\nRule: ")
                .append(alert.rule())
                .append("\nWorkspace: ")
                .append(alert.workspace())
                .append("\nTime: ")
                .append(alert.time())
                .append("\nAlert: ")
                .append(alert.id())
                .append(
                        "\n\nFrom Tandem. `tandem monitor show` and the page's Monitoring show more; alerts.rules in tandem.yaml says"
                                + " when you are told.\n")
                .toString();
    }
}
