package dev.tandem.decoder.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    private Path folder;

    @Test
    void everyTypeIsReadAsWritten() {
        try (var scope = new PointerScope()) {
            var tensors = new LinkedHashMap<String, Tensor>();
            for (var type : ElementType.values()) {
                tensors.put(type.name(), torch.arange(new Scalar(7)).to(type.torch()));
            }
            tensors.put("scalar", torch.tensor(3.5f));
            tensors.put("empty", torch.zeros(0, 4));
            tensors.put("turned", torch.randn(3, 5).t());
            var file = folder.resolve("all.safetensors");

            SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));

            try (var read = Safetensors.open(file)) {
                assertThat(read.names()).containsExactlyElementsOf(tensors.keySet());
                assertThat(read.metadata()).isEqualTo(Map.of("format", "pt"));
                tensors.forEach((name, tensor) ->
                        assertThat(read.tensor(name).equal(tensor)).as(name).isTrue());
                // The mapping is private: what is written into a tensor stays in memory.
                read.tensor("F32").add_(new Scalar(1));
            }
            try (var again = Safetensors.open(file)) {
                assertThat(again.tensor("F32").equal(tensors.get("F32"))).isTrue();
            }
        }
    }

    @Test
    void numbersAtOddAddressesAreReadToo() throws IOException {
        var data = ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 7)
                .putFloat(1.5f)
                .putFloat(-2f);
        var file = write("""
                {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}}""", data.array());

        try (var scope = new PointerScope();
                var read = Safetensors.open(file)) {
            assertThat(read.tensor("b").sum().item_float()).isEqualTo(-0.5f);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} trailing",
                "{\"a\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[9223372036854775807,9223372036854775807],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387906],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,18446744073709551616]}}",
                "{\"__metadata__\":{\"x\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            })
    void headersThatLieAreRefused(String header) throws IOException {
        var file = write(header, new byte[8]);

        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("damaged");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 57, 1_000, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void headerLengthsThatLieAreRefused(long length) throws IOException {
        var file = folder.resolve("length.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(64)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .array());

        assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(MendableException.class);
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        var whole = Files.readAllBytes(write("""
                {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]));
        for (int length = 0; length < whole.length; length++) {
            var file = folder.resolve("cut.safetensors");
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.open(file))
                    .as("%d bytes", length)
                    .isInstanceOf(MendableException.class);
        }
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"a\": \"model-1.safetensors\", \"b\": \"model-2.safetensors\"}}");
        Files.move(write("""
                {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]), folder.resolve("model-1.safetensors"));

        assertThatThrownBy(() -> WeightFiles.open(folder))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("model-2.safetensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.safetensors", "/etc/passwd", "sub/model.safetensors"})
    void anIndexCannotNameFilesElsewhere(String elsewhere) throws IOException {
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"weight_map\": {\"a\": \"" + elsewhere + "\"}}");

        assertThatThrownBy(() -> WeightFiles.open(folder))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("not in its folder");
    }

    private Path write(String header, byte[] data) throws IOException {
        var bytes = header.getBytes(StandardCharsets.UTF_8);
        var file = folder.resolve("some.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(8 + bytes.length + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(bytes.length)
                        .put(bytes)
                        .put(data)
                        .array());
        return file;
    }
}
