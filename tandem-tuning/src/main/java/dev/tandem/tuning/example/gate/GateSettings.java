package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.personal.PersonalKind;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What the gate is told.
 *
 * @param model whose context must hold each example
 * @param nearDuplicate least Jaccard similarity of two examples' word pairs
 * @param personal kinds of personal data that count as a finding and are redacted
 */
public record GateSettings(Optional<Model> model, double nearDuplicate, Set<PersonalKind> personal) {
    /** Without a model; personal data that points at someone by itself. */
    public static final GateSettings DEFAULTS = new GateSettings(Optional.empty(), 0.8, PersonalKind.directKinds());

    public GateSettings {
        personal = Set.copyOf(personal);
    }

    /**
     * A model to be tuned.
     *
     * @param context tokens that it can see
     * @param tokens counts those of a text; safe for many threads
     */
    public record Model(int context, ToIntFunction<String> tokens) {}
}
