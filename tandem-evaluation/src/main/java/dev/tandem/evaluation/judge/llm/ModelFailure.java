package dev.tandem.evaluation.judge.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** What kind a model's failure is, by its causes. */
final class ModelFailure {
    private static final int DEEPEST_CAUSE = 20;

    private ModelFailure() {}

    /** A busy or broken server, a lost connection, a silence: the same request may succeed later. */
    static boolean mayPass(Throwable failure) {
        var status = status(failure);
        if (status.isPresent()) {
            return status.get() == 408 || status.get() == 429 || status.get() >= 500;
        }
        if (find(failure, ConnectException.class).isPresent()
                || find(failure, UnknownHostException.class).isPresent()) {
            return false;
        }
        return find(failure, IOException.class).isPresent()
                || find(failure, TimeoutException.class).isPresent()
                || find(failure, java.util.concurrent.TimeoutException.class).isPresent();
    }

    /** The server understood the request and refuses how it is made; a prompt that is too long is not that. */
    static boolean refusesForm(Throwable failure) {
        var words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return status(failure)
                .filter(status -> status == 400 || status == 422 || status == 501)
                .filter(status -> !words.contains("reads less than") && !words.contains("context length"))
                .isPresent();
    }

    private static Optional<Integer> status(Throwable failure) {
        return find(failure, HttpException.class).map(HttpException::statusCode);
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
        int depth = 0;
        for (Throwable at = failure; at != null && depth < DEEPEST_CAUSE; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return Optional.of(kind.cast(at));
            }
            depth++;
        }
        return Optional.empty();
    }
}
