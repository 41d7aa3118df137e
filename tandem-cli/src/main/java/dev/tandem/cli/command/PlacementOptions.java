package dev.tandem.cli.command;

import dev.tandem.decoder.torch.Device;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a model runs and in which numbers. */
final class PlacementOptions {
    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "cpu or cuda; without it, the GPU where there is one.")
    private @Nullable Device device;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            description = {
                "float32, bfloat16 or float16; without it, bfloat16 on a GPU and on processors that multiply it",
                "themselves, otherwise float32."
            })
    private @Nullable Precision precision;

    Placement placement() {
        var where = device == null ? Placement.best().device() : device;
        return new Placement(where, precision == null ? Precision.best(where) : precision);
    }
}
