package dev.tandem.knowledge.document;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.tandem.foundation.offline.OfflineGuard;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process in which PDF and Office files are parsed, so that a hostile one can end or hang only this. It reads file
 * paths on its standard input and answers with blocks on its standard output; both as an int length and as many bytes, the
 * path in UTF-8, the answer in JSON. It ends when its input does, as when the parent dies.
 */
public final class ParserWorker {
    static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new Jdk8Module()).addMixIn(Block.class, BlockTypes.class);

    private ParserWorker() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Block.Heading.class, name = "heading"),
        @JsonSubTypes.Type(value = Block.Paragraph.class, name = "paragraph"),
        @JsonSubTypes.Type(value = Block.ItemList.class, name = "list"),
        @JsonSubTypes.Type(value = Block.Table.class, name = "table"),
        @JsonSubTypes.Type(value = Block.Code.class, name = "code"),
        @JsonSubTypes.Type(value = Block.Hidden.class, name = "hidden")
    })
    private interface BlockTypes {}

    /**
     * What the worker answers.
     *
     * @param reason why the file cannot be read, or null
     * @param blocks its blocks
     * @param properties what the file says of itself, by field name
     */
    record Reply(@Nullable String reason, List<Block> blocks, Map<String, List<String>> properties) {
        static Reply failed(String reason) {
            return new Reply(reason, List.of(), Map.of());
        }
    }

    /**
     * Serves requests until the input ends.
     *
     * @param arguments the most characters taken from a file
     */
    public static void main(String[] arguments) throws IOException {
        OfflineGuard.installIfInherited();
        var requests = new DataInputStream(new BufferedInputStream(System.in));
        var replies = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        // Whatever a library prints must not get between the replies.
        System.setOut(System.err);
        var parser = new ContainerFormats(Integer.parseInt(arguments[0]));
        while (true) {
            byte[] path;
            try {
                path = requests.readNBytes(requests.readInt());
            } catch (EOFException parentIsGone) {
                return;
            }
            var reply = JSON.writeValueAsBytes(parser.parse(Path.of(new String(path, StandardCharsets.UTF_8))));
            replies.writeInt(reply.length);
            replies.write(reply);
            replies.flush();
        }
    }
}
