package dev.tandem.decoder.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalFloat4Test {
    private static final Device CPU = new Device(torch.DeviceType.CPU);

    @Test
    void codesAndWeightsEqualBitsandbytes() {
        try (var scope = new PointerScope();
                var golden = Safetensors.open(Path.of("src/test/resources/nf4.safetensors"));
                var matrix = NormalFloat4.quantise(golden.tensor("weight"), CPU)) {
            assertThat(matrix.codes().equal(golden.tensor("codes"))).isTrue();
            // Between two values bitsandbytes' search on the CPU does not always take the nearer one; ours does.
            var others = matrix.magnitudeCodes()
                    .ne(golden.tensor("magnitudes"))
                    .sum()
                    .item_long();
            assertThat(others).isLessThanOrEqualTo(1);
            assertThat(distance(matrix.dense(ScalarType.Float), golden.tensor("dense")))
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 21", "5, 64", "7, 129", "64, 256"})
    void anyShapeComesBackNear(long rows, long columns) {
        try (var scope = new PointerScope()) {
            torch.manual_seed(rows);
            var weight = torch.randn(rows, columns);
            try (var matrix = NormalFloat4.quantise(weight, CPU)) {
                var full = matrix.dense(ScalarType.Float);
                assertThat(distance(full, weight))
                        .isLessThan(0.15 * weight.norm().item_double() + 1e-6);
                assertThat(distance(matrix.dense(ScalarType.BFloat16).to(ScalarType.Float), full))
                        .isLessThan(0.005 * weight.norm().item_double() + 1e-6);
                assertThat(matrix.lookedUp(ScalarType.Float).equal(full)).isTrue();
                assertThat(matrix.lookedUp(ScalarType.BFloat16).equal(matrix.dense(ScalarType.BFloat16)))
                        .isTrue();
                assertThat(matrix.bytes()).isLessThan(rows * columns * 6 / 10 + 64);
            }
        }
    }

    private static double distance(Tensor a, Tensor b) {
        return a.sub(b).norm().item_double();
    }
}
