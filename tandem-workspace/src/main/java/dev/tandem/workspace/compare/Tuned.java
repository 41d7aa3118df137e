package dev.tandem.workspace.compare;

import dev.tandem.tuning.training.TuningSettings.Method;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A tuned model of a comparison.
 *
 * @param folder of the adapter or the whole model
 * @param method empty where its folder does not tell
 * @param seconds that the tuning took; empty where its folder does not tell
 * @param examples that it was tuned on; empty where its folder does not tell
 * @param before whether it was there before this comparison
 */
public record Tuned(
        Path folder, Optional<Method> method, OptionalDouble seconds, OptionalLong examples, boolean before) {}
