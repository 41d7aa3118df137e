package dev.tandem.tuning.method;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Routing;
import dev.tandem.tuning.dataset.Batch;
import java.util.Optional;

/** What a decoder, with an adapter or without, makes of examples, as in training but nothing learns. */
public final class HeldOutLoss {
    private HeldOutLoss() {}

    /**
     * The sum of the learned tokens' losses, in nats.
     *
     * @param adapter attached to the decoder; none for the base
     */
    public static double of(Decoder decoder, Optional<Adapter> adapter, Batch batch) {
        var pass = new BlockwiseBackward(decoder, false);
        var prompt = adapter.flatMap(Adapter::prompt).map(vectors -> new VirtualTokens(decoder, vectors));
        if (prompt.isPresent()) {
            var prompted = prompt.get().withRoom(batch);
            return pass.loss(prompted, () -> prompt.get().input(prompted), Routing.BASE);
        }
        var routing = adapter.map(Adapter::name).map(Routing::through).orElse(Routing.BASE);
        return pass.loss(batch, () -> decoder.embed(Inputs.ids(batch, decoder)), routing);
    }
}
