package dev.tandem.decoder.chat;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a model is opened and asked.
 *
 * @param placement the device and the precision
 * @param storage whether the base is held in full or in four bits
 * @param rows requests answered together at most, at least 1
 * @param waiting requests that wait at most before asking waits too, at least 1
 * @param contextTokens a smaller context than the model's own
 * @param defaults for what a request leaves open; an adapter's name here makes that the model that is asked
 * @param seed the same answers to the same requests, where a temperature is given; none for new ones each time
 */
public record ChatOptions(
        Placement placement,
        Decoder.Storage storage,
        int rows,
        int waiting,
        OptionalInt contextTokens,
        ChatRequestParameters defaults,
        OptionalLong seed) {
    public ChatOptions {
        if (rows < 1 || waiting < 1) {
            throw new IllegalArgumentException("rows and waiting are at least 1, not " + rows + " and " + waiting);
        }
    }

    /** The best place here, eight rows, 64 waiting, the model's own context. */
    public static ChatOptions standard() {
        return new ChatOptions(
                Placement.best(),
                Decoder.Storage.PLAIN,
                8,
                64,
                OptionalInt.empty(),
                DefaultChatRequestParameters.EMPTY,
                OptionalLong.empty());
    }

    /** The same with other defaults. */
    public ChatOptions withDefaults(ChatRequestParameters parameters) {
        return new ChatOptions(placement, storage, rows, waiting, contextTokens, parameters, seed);
    }

    /** The same in another place or precision. */
    public ChatOptions withPlacement(Placement other) {
        return new ChatOptions(other, storage, rows, waiting, contextTokens, defaults, seed);
    }

    /** The same with a smaller context. */
    public ChatOptions withContextTokens(int tokens) {
        return new ChatOptions(placement, storage, rows, waiting, OptionalInt.of(tokens), defaults, seed);
    }
}
