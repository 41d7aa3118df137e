package dev.tandem.models.embedding;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.tandem.foundation.MendableException;
import java.util.function.Supplier;

/** What can go wrong between here and a remote embedding model, each in a sentence that says how to mend it. */
final class RemoteEmbedding {
    private RemoteEmbedding() {}

    static <T> T call(String model, Supplier<T> work) {
        try {
            return work.get();
        } catch (AuthenticationException e) {
            throw new MendableException(
                    "The embedding model '" + model + "' refused the key: check embedding.api_key_variable.", e);
        } catch (ModelNotFoundException e) {
            throw new MendableException(
                    "The embedding server does not know the model '" + model + "': check embedding.model.", e);
        } catch (RateLimitException e) {
            throw new MendableException(
                    "The embedding model '" + model + "' is over its rate limit: wait, then run the same command again;"
                            + " what was embedded is kept.",
                    e);
        } catch (TimeoutException e) {
            throw new MendableException(
                    "The embedding model '" + model + "' did not answer in time: check that its server is up, then run"
                            + " the same command again.",
                    e);
        } catch (LangChain4jException e) {
            if (e.getCause() instanceof MendableException told) {
                throw told;
            }
            throw new MendableException(
                    "The embedding model '" + model + "' failed (" + e.getMessage() + "): check embedding.base_url.",
                    e);
        }
    }

    static MendableException wrongCount(String model, int sent, int received) {
        return new MendableException("The embedding model '" + model + "' gave " + received + " vectors for " + sent
                + " texts: check that embedding.base_url is an embedding endpoint.");
    }

    static MendableException wrongDimension(String model, int expected, int received) {
        return new MendableException("The embedding model '" + model + "' gives vectors of " + received
                + " numbers, not " + expected + ": set embedding.dimension to " + received + ".");
    }
}
