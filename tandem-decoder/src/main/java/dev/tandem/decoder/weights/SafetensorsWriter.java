package dev.tandem.decoder.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Writes safetensors files, whole or not at all: beside the target first, flushed to the disk, then renamed. */
public final class SafetensorsWriter {
    private static final long CHUNK = 1 << 26;

    private SafetensorsWriter() {}

    /**
     * Writes tensors in the order given.
     *
     * @param metadata texts for the header; {@code {"format": "pt"}} is what Hugging Face's loaders expect
     * @throws MendableException if the disk is full or the folder cannot be written to; what was there before stays
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (var channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                writeAll(channel, header(tensors, metadata));
                for (var tensor : tensors.values()) {
                    write(channel, tensor);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(part);
            throw new MendableException(
                    "The weights " + file + " cannot be written: " + e.getMessage()
                            + ". Free space or choose another folder.",
                    e);
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException left) {
            // The next attempt writes over it.
        }
    }

    private static ByteBuffer header(Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        var json = new ObjectMapper();
        var header = json.createObjectNode();
        if (!metadata.isEmpty()) {
            metadata.forEach(header.putObject("__metadata__")::put);
        }
        long offset = 0;
        for (var named : tensors.entrySet()) {
            try (var scope = new PointerScope()) {
                var tensor = named.getValue();
                var entry = header.putObject(named.getKey());
                entry.put("dtype", ElementType.of(tensor.scalar_type().intern()).name());
                var shape = entry.putArray("shape");
                for (int i = 0; i < tensor.dim(); i++) {
                    shape.add(tensor.size(i));
                }
                long bytes = tensor.numel() * tensor.element_size();
                entry.putArray("data_offsets").add(offset).add(offset + bytes);
                offset += bytes;
            }
        }
        var text = json.writeValueAsBytes(header);
        // Padded with spaces, so that every tensor begins at a multiple of eight.
        var padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return ByteBuffer.allocate(Long.BYTES + padded.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .put(padded)
                .flip();
    }

    private static void write(FileChannel channel, Tensor tensor) throws IOException {
        try (var scope = new PointerScope()) {
            var whole = tensor.detach().cpu().contiguous();
            long bytes = whole.numel() * whole.element_size();
            var memory = new BytePointer(whole.data_ptr()).capacity(bytes);
            for (long at = 0; at < bytes; at += CHUNK) {
                writeAll(
                        channel,
                        memory.position(at).limit(Math.min(bytes, at + CHUNK)).asByteBuffer());
            }
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
