package dev.tandem.decoder.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.decoder.torch.Torch;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A safetensors file, mapped into memory: opening reads the header only, and a tensor is a view of the file's pages. The
 * mapping is private, so writing to a tensor never changes the file; it lives as long as any tensor of it.
 *
 * <p>Format (github.com/huggingface/safetensors): the header's length as a little-endian 64-bit number, the header as JSON
 * {@code {name: {dtype, shape, data_offsets}}}, then the tensors' bytes, row-major, without holes or overlap. Everything
 * the header says is checked against the file before anything is mapped.
 */
public final class Safetensors implements AutoCloseable {
    private static final int LENGTH_BYTES = 8;
    private static final long MOST_HEADER = 100_000_000;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final Map<String, Entry> entries;
    private final Map<String, String> metadata;
    private final Tensor bytes;

    /**
     * Where a tensor lies.
     *
     * @param type its numbers
     * @param shape row-major; empty for a scalar
     * @param start of its bytes in the file
     * @param end behind its last byte
     */
    public record Entry(ElementType type, List<Long> shape, long start, long end) {
        public Entry {
            shape = List.copyOf(shape);
        }

        /** How many numbers it has. */
        public long elements() {
            return (end - start) / type.bytes();
        }
    }

    private Safetensors(Path file, Map<String, Entry> entries, Map<String, String> metadata, Tensor bytes) {
        this.file = file;
        this.entries = entries;
        this.metadata = metadata;
        this.bytes = bytes;
    }

    /**
     * Opens a file.
     *
     * @throws MendableException if it is not there, cut short, or its header does not fit its size
     */
    public static Safetensors open(Path file) {
        Torch.load();
        try {
            long size = Files.size(file);
            var header = header(file, size);
            var entries = entries(file, header.node(), header.dataStart(), size);
            return new Safetensors(file, entries, metadata(file, header.node()), map(file, size));
        } catch (IOException e) {
            throw new MendableException("The weights " + file + " cannot be read: " + reason(e) + ".", e);
        }
    }

    private record Header(JsonNode node, long dataStart) {}

    private static Header header(Path file, long size) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, length, 0);
            long headerLength = length.hasRemaining() ? -1 : length.getLong(0);
            if (headerLength < 2 || headerLength > MOST_HEADER || headerLength > size - LENGTH_BYTES) {
                throw damaged(
                        file,
                        "its header would have " + Long.toUnsignedString(headerLength) + " bytes, the file has "
                                + size);
            }
            var json = ByteBuffer.allocate((int) headerLength);
            readFully(channel, json, LENGTH_BYTES);
            var node = JSON.readTree(json.array());
            if (!node.isObject()) {
                throw damaged(file, "its header is no JSON object");
            }
            return new Header(node, LENGTH_BYTES + headerLength);
        } catch (JsonProcessingException e) {
            throw damaged(file, "its header is no JSON: " + e.getOriginalMessage());
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long from) throws IOException {
        for (int read = 0; into.hasRemaining() && read >= 0; ) {
            read = channel.read(into, from + into.position());
        }
    }

    private static Map<String, Entry> entries(Path file, JsonNode header, long dataStart, long size) {
        var entries = new LinkedHashMap<String, Entry>();
        for (var field : header.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                entries.put(field.getKey(), entry(file, field.getKey(), field.getValue(), dataStart, size));
            }
        }
        var inOrder = new ArrayList<>(entries.values());
        inOrder.sort(Comparator.comparingLong(Entry::start).thenComparingLong(Entry::end));
        long end = dataStart;
        for (var entry : inOrder) {
            if (entry.start() != end) {
                throw damaged(file, "tensors overlap or leave a hole at byte " + end);
            }
            end = entry.end();
        }
        if (end != size) {
            throw damaged(file, "its tensors end at byte " + end + ", the file at " + size);
        }
        return entries;
    }

    private static Entry entry(Path file, String name, JsonNode node, long dataStart, long size) {
        var type = ElementType.named(node.path("dtype").asText())
                .orElseThrow(() -> damaged(file, name + " has the unknown dtype " + node.path("dtype")));
        var offsets = node.path("data_offsets");
        if (!offsets.isArray() || offsets.size() != 2 || !isCount(offsets.get(0)) || !isCount(offsets.get(1))) {
            throw damaged(file, name + " has no data_offsets of two counts");
        }
        long start = offsets.get(0).longValue();
        long end = offsets.get(1).longValue();
        if (start > end || end > size - dataStart) {
            throw damaged(file, name + " would lie at bytes " + start + " to " + end + " of " + (size - dataStart));
        }
        var shape = new ArrayList<Long>();
        long bytes = type.bytes();
        if (!node.path("shape").isArray()) {
            throw damaged(file, name + " has no shape");
        }
        for (var dimension : node.path("shape")) {
            if (!isCount(dimension)) {
                throw damaged(file, name + " has the shape " + node.path("shape"));
            }
            shape.add(dimension.longValue());
            long high = Math.multiplyHigh(bytes, dimension.longValue());
            bytes *= dimension.longValue();
            if (high != 0 || bytes < 0) {
                throw damaged(file, name + " has the impossible shape " + node.path("shape"));
            }
        }
        if (bytes != end - start) {
            throw damaged(file, name + " has " + (end - start) + " bytes, its shape " + shape + " asks for " + bytes);
        }
        return new Entry(type, shape, dataStart + start, dataStart + end);
    }

    private static boolean isCount(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
    }

    private static Map<String, String> metadata(Path file, JsonNode header) {
        var metadata = new LinkedHashMap<String, String>();
        for (var field : header.path("__metadata__").properties()) {
            if (!field.getValue().isTextual()) {
                throw damaged(file, "its metadata " + field.getKey() + " is no text");
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
        return metadata;
    }

    private static Tensor map(Path file, long size) {
        try (var scope = new PointerScope()) {
            var bytes = torch.from_file(
                    file.toString(),
                    new BoolOptional(false),
                    new LongOptional(size),
                    new TensorOptions(ScalarType.Byte));
            bytes.retainReference();
            return bytes;
        }
    }

    private static MendableException damaged(Path file, String what) {
        return new MendableException(
                "The weights " + file + " are damaged: " + what + ". Fetch or write the file again.");
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? "there is no such file"
                : String.valueOf(e.getMessage());
    }

    /** Names in the order of the header. */
    public Set<String> names() {
        return java.util.Collections.unmodifiableSet(entries.keySet());
    }

    /** The header's own texts. */
    public Map<String, String> metadata() {
        return java.util.Collections.unmodifiableMap(metadata);
    }

    /**
     * Where a tensor lies.
     *
     * @throws MendableException if the file has none of this name
     */
    public Entry entry(String name) {
        var entry = entries.get(name);
        if (entry == null) {
            throw new MendableException("The weights " + file + " have no tensor " + name + ".");
        }
        return entry;
    }

    /** A tensor as a view of the file's pages, on the CPU; an object of the innermost PointerScope. */
    public Tensor tensor(String name) {
        var entry = entry(name);
        var shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
        if (entry.elements() == 0) {
            return torch.empty(
                    shape, new TensorOptions(entry.type().torch()), new org.bytedeco.pytorch.MemoryFormatOptional());
        }
        var slice = bytes.narrow(0, entry.start(), entry.end() - entry.start());
        // A header of odd length puts numbers at addresses that their type does not allow: those are copied.
        var aligned = entry.start() % entry.type().bytes() == 0 ? slice : slice.clone();
        return aligned.view(entry.type().torch()).view(shape);
    }

    /** Lets go of the file; tensors that were taken stay valid. */
    @Override
    public void close() {
        bytes.close();
    }
}
