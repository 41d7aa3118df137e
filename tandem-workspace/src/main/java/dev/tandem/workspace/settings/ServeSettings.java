package dev.tandem.workspace.settings;

import java.util.List;
import java.util.Optional;

/** How {@code tandem serve} serves; each component is documented by its {@link Key}. */
public record ServeSettings(
        @Key(
                "The address to listen on. `127.0.0.1` is reached from this machine only; any other needs keys (`tandem key create`).")
        String host,

        @Key(value = "The port to listen on; 0 for any free one.", minimum = 0, maximum = 65535)
        int port,

        @Key("Origins of web pages elsewhere that may call the API, like `https://app.example.com`.")
        List<String> origins,

        @Key("The longest body of a request that is no upload.")
        ByteSize maxBody,

        @Key("The longest file that may be uploaded.") ByteSize maxUpload,

        @Key(value = "The longest question.", unit = "characters", minimum = 100, maximum = 1000000)
        int maxQuestion,

        @Key(value = "How many answers are made at once; others wait. 0 for one a core.", minimum = 0, maximum = 1000)
        int answersAtOnce,

        @Key(
                value = "How many requests may wait for an answer; more are refused with 429.",
                minimum = 0,
                maximum = 100000)
        int answersWaiting,

        @Key(value = "How many requests a key may make in a minute; 0 for any number.", minimum = 0, maximum = 1000000)
        int requestsPerMinute,

        @Key(value = "How many requests a key may make in a day; 0 for any number.", minimum = 0, maximum = 100000000)
        int requestsPerDay,

        @Key("How requests and errors are logged, a line each; never with questions, answers or keys.")
        Log log,

        @Key("The file to log to, relative to this file; standard error without one.")
        Optional<String> logFile,

        @Key(
                "Who may read `/metrics`: `admin` for keys with that role (and this machine where there are no keys), `open` for all who reach the port.")
        Metrics metrics,

        @Key(
                "Where spans and metrics go by OpenTelemetry's protocol over HTTP, like `http://localhost:4318`; nowhere without it.")
        Optional<String> otlpEndpoint,

        @Key(
                value =
                        "How long answers are kept with what they rest on, so that feedback on them can be understood; 0 for not at all.",
                unit = "days",
                minimum = 0,
                maximum = 3650)
        int keepAnswers,

        @Key(
                value =
                        "How many earlier versions are kept of each document that was uploaded, the oldest go first; 0 for none.",
                minimum = 0,
                maximum = 1000)
        int keepVersions) {

    /** How something is logged. */
    public enum Log {
        OFF,
        TEXT,
        JSON
    }

    /** Who may read metrics. */
    public enum Metrics {
        OFF,
        ADMIN,
        OPEN
    }

    public static final ServeSettings DEFAULTS = new ServeSettings(
            "127.0.0.1",
            8080,
            List.of(),
            ByteSize.megabytes(4),
            ByteSize.megabytes(100),
            10_000,
            0,
            1_000,
            0,
            0,
            Log.TEXT,
            Optional.empty(),
            Metrics.ADMIN,
            Optional.empty(),
            30,
            10);

    public ServeSettings {
        origins = List.copyOf(origins);
    }

    /** The same at another address. */
    public ServeSettings withHost(String other) {
        return with(other, port, maxUpload);
    }

    /** The same at another port. */
    public ServeSettings withPort(int other) {
        return with(host, other, maxUpload);
    }

    /** The same with another limit of uploads. */
    public ServeSettings withMaxUpload(ByteSize other) {
        return with(host, port, other);
    }

    private ServeSettings with(String otherHost, int otherPort, ByteSize otherUpload) {
        return new ServeSettings(
                otherHost,
                otherPort,
                origins,
                maxBody,
                otherUpload,
                maxQuestion,
                answersAtOnce,
                answersWaiting,
                requestsPerMinute,
                requestsPerDay,
                log,
                logFile,
                metrics,
                otlpEndpoint,
                keepAnswers,
                keepVersions);
    }
}
