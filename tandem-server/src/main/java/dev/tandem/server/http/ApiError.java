package dev.tandem.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Optional;

/** Why a request is refused, in OpenAI's shape. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Details details;
    private final transient Duration retryAfter;

    /** As it is sent. */
    @Description("Why the request was refused.")
    public record Body(Details error) {}

    /**
     * What is said of it.
     *
     * @param type as OpenAI has them: invalid_request_error, authentication_error...
     * @param param the field that is at fault, where one is
     * @param code for programs, where there is one
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Details(String message, String type, Optional<String> param, Optional<String> code) {}

    private ApiError(int status, Details details, Duration retryAfter) {
        super(details.message(), null, false, false);
        this.status = status;
        this.details = details;
        this.retryAfter = retryAfter;
    }

    private ApiError(int status, String type, String message, Optional<String> param, Optional<String> code) {
        this(status, new Details(message, type, param, code), Duration.ZERO);
    }

    /** 400: something about the request must be changed. */
    public static ApiError invalid(String message) {
        return new ApiError(400, "invalid_request_error", message, Optional.empty(), Optional.empty());
    }

    /** 400: a field must be changed. */
    public static ApiError invalid(String message, String field) {
        return new ApiError(400, "invalid_request_error", message, Optional.of(field), Optional.empty());
    }

    /** 401: nobody is known by this key. */
    public static ApiError unauthenticated(String message) {
        return new ApiError(401, "authentication_error", message, Optional.empty(), Optional.of("invalid_api_key"));
    }

    /** 403: the caller may not. */
    public static ApiError forbidden(String message) {
        return new ApiError(403, "permission_error", message, Optional.empty(), Optional.empty());
    }

    /** 404: there is no such thing. */
    public static ApiError unknown(String message, String code) {
        return new ApiError(404, "invalid_request_error", message, Optional.empty(), Optional.of(code));
    }

    /** 409: it has changed meanwhile, or is in a state in which this cannot be done. */
    public static ApiError conflict(String message) {
        return new ApiError(409, "invalid_request_error", message, Optional.empty(), Optional.of("conflict"));
    }

    /** 413: too large. */
    public static ApiError tooLarge(String message) {
        return new ApiError(413, "invalid_request_error", message, Optional.empty(), Optional.of("too_large"));
    }

    /** 429: too often, or too many at once. */
    public static ApiError tooMany(String message, Duration retryAfter) {
        return new ApiError(
                429,
                new Details(message, "rate_limit_error", Optional.empty(), Optional.of("rate_limit_exceeded")),
                retryAfter);
    }

    /** 503: not now. */
    public static ApiError unavailable(String message) {
        return new ApiError(503, "server_error", message, Optional.empty(), Optional.of("unavailable"));
    }

    /** Any other status that HTTP itself asks for, as 405 or 415. */
    public static ApiError of(int status, String message) {
        var type = status >= 500 ? "server_error" : "invalid_request_error";
        return new ApiError(status, type, message, Optional.empty(), Optional.empty());
    }

    public int status() {
        return status;
    }

    public Body body() {
        return new Body(details);
    }

    /** How long to wait before asking again; zero where waiting does not help. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
