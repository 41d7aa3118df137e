package dev.tandem.server.feedback;

import dev.tandem.server.http.Description;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody thought of an answer.
 *
 * @param caller who, by the name of the key
 * @param correction what the answer should have been
 * @param context the answer, as it was then
 * @param testCase the id of the test case that was made of it
 * @param trainingExample whether a training example was made of it
 */
@Description("What somebody thought of an answer, with the answer.")
public record Feedback(
        long id,
        Instant time,
        String caller,
        Rating rating,
        List<String> reasons,
        Optional<String> correction,
        Optional<String> comment,
        KeptAnswer context,
        Optional<String> testCase,
        boolean trainingExample) {
    public Feedback {
        reasons = List.copyOf(reasons);
    }

    /** Thumbs. */
    public enum Rating {
        @com.fasterxml.jackson.annotation.JsonProperty("up")
        UP,
        @com.fasterxml.jackson.annotation.JsonProperty("down")
        DOWN
    }

    /**
     * What is right: the correction, or the answer itself where it was liked.
     *
     * @return empty where nobody said
     */
    public Optional<String> rightAnswer() {
        return correction.or(() -> rating == Rating.UP && !context.declined()
                ? Optional.of(context.answer()
                        .replaceAll("[ \\u00A0]?\\[\\d{1,4}]", "")
                        .strip())
                : Optional.empty());
    }
}
