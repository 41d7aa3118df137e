package dev.tandem.server.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.foundation.MendableException;
import dev.tandem.server.http.JsonBodies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A file of conversations to learn from, one a line: {@code {"messages": [{"role", "content"}]}}, as {@code tandem tune} reads it. */
public record TrainingExamples(Path file) {
    /** A conversation. */
    public record Example(List<KeptAnswer.Message> messages) {
        public Example {
            messages = List.copyOf(messages);
        }

        /** What was said, with what should have been answered. */
        static Example of(List<KeptAnswer.Message> asked, String answer) {
            return new Example(Stream.concat(asked.stream(), Stream.of(new KeptAnswer.Message("assistant", answer)))
                    .toList());
        }
    }

    /** Adds what was said in an answer's conversation and what should have been answered; is on the disk when this returns. */
    public synchronized void add(KeptAnswer answered, String right) {
        var line = JsonBodies.text(Example.of(answered.messages(), right)) + "\n";
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            var bytes = ByteBuffer.wrap(((endsLine(channel, end) ? "" : "\n") + line).getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                end += channel.write(bytes, end);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new MendableException("Cannot write " + file + " (" + e + "): check the disk, and that you may.", e);
        }
    }

    /** A line that a kill cut off must not spoil the next. */
    private static boolean endsLine(FileChannel channel, long end) throws IOException {
        var last = ByteBuffer.allocate(1);
        return end == 0 || channel.read(last, end - 1) == 1 && last.get(0) == '\n';
    }
}
