package dev.tandem.decoder.torch;

import dev.tandem.foundation.MendableException;
import java.util.Locale;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The device and the precision that a model is held in, chosen once at start and shown. */
public record Placement(Device device, Precision precision) {
    public Placement {
        Torch.load();
        if (device == Device.CUDA) {
            Torch.whyNoCuda().ifPresent(why -> {
                throw new MendableException(why + " Or use --device cpu.");
            });
        }
    }

    /** CUDA where there is a GPU, otherwise the CPU, in the precision that suits it. */
    public static Placement best() {
        return best(Precision.best(Torch.cuda() ? Device.CUDA : Device.CPU));
    }

    /** CUDA where there is a GPU, otherwise the CPU. */
    public static Placement best(Precision precision) {
        return new Placement(Torch.cuda() ? Device.CUDA : Device.CPU, precision);
    }

    public static Placement cpu(Precision precision) {
        return new Placement(Device.CPU, precision);
    }

    /** Options for a tensor of this precision here; an object of the innermost PointerScope. */
    public TensorOptions options() {
        return options(precision.type());
    }

    /** Options for a tensor of another type on this device. */
    public TensorOptions options(ScalarType type) {
        return new TensorOptions(type).device(new DeviceOptional(new org.bytedeco.pytorch.Device(deviceType())));
    }

    public DeviceType deviceType() {
        return device == Device.CUDA ? DeviceType.CUDA : DeviceType.CPU;
    }

    @Override
    public String toString() {
        return device.name().toLowerCase(Locale.ROOT) + ", " + precision.name().toLowerCase(Locale.ROOT);
    }
}
