package dev.tandem.workspace.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A signature as Standard Webhooks defines it: HMAC-SHA256 of id, time and body. */
final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";

    /** How that standard writes secrets: what follows is Base64. */
    private static final String PREFIX = "whsec_";

    private final SecretKeySpec key;

    private WebhookSignature(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * By a secret.
     *
     * @param secret {@code whsec_} and Base64, or any text, whose bytes are taken
     */
    static WebhookSignature by(String secret) {
        if (secret.startsWith(PREFIX)) {
            try {
                return new WebhookSignature(Base64.getDecoder().decode(secret.substring(PREFIX.length())));
            } catch (IllegalArgumentException noBase64) {
                // Then it is a text that happens to begin so.
            }
        }
        return new WebhookSignature(secret.getBytes(UTF_8));
    }

    String of(String id, long seconds, String body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var signed = mac.doFinal((id + "." + seconds + "." + body).getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
