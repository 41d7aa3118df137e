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
            description = "float32, bfloat16 or float16; without it, float32 on the CPU and bfloat16 on a GPU.")
    private @Nullable Precision precision;

    Placement placement() {
        var best = Placement.best();
        var where = device == null ? best.device() : device;
        var numbers = precision != null ? precision : where == Device.CPU ? Precision.FLOAT32 : Precision.BFLOAT16;
        return new Placement(where, numbers);
    }
}
