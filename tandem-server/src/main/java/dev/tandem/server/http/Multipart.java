package dev.tandem.server.http;

import dev.tandem.foundation.MendableException;
import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A form with files ({@code multipart/form-data}). It goes to the disk as it comes in, and what is over the limit is neither kept
 * nor read. Deletes what it holds when it is closed.
 */
public final class Multipart implements AutoCloseable {
    /** What a form may have around its files. */
    private static final long FRAME = 64 * 1024;

    private static final int LONGEST_FIELD = 10_000;
    private static final String CONFIGURATION = "org.eclipse.jetty.multipartConfig";

    private final List<Part> parts;

    /**
     * A file of a form.
     *
     * @param name as its sender calls it; may be anything
     */
    public record Sent(String name, long bytes, Part part) {
        /**
         * Makes the file the one at a path, whole and on the disk, in the place of what was there.
         *
         * @param target in a folder that is there
         */
        public void moveTo(Path target) {
            // Hidden, so that nobody takes it for a document.
            var coming = target.resolveSibling("." + UUID.randomUUID() + ".part");
            try {
                try (var in = part.getInputStream();
                        var channel =
                                FileChannel.open(coming, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    in.transferTo(Channels.newOutputStream(channel));
                    channel.force(true);
                    Files.move(coming, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(coming);
                }
            } catch (IOException e) {
                throw new MendableException("The upload cannot be kept (" + e + "): check that the disk has room.", e);
            }
        }
    }

    private Multipart(Collection<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a form.
     *
     * @param folder where its parts are until it is closed; on the disk that they stay on
     * @param most bytes that all of it may have
     * @throws ApiError 413 if it has more, 400 if it is no such form
     */
    public static Multipart of(Context context, Path folder, long most) {
        var type = context.contentType();
        if (type == null || !type.startsWith("multipart/form-data")) {
            throw ApiError.of(415, "Send files as multipart/form-data.");
        }
        if (context.req().getContentLengthLong() > most + FRAME) {
            context.header("Connection", "close");
            throw tooLarge(most);
        }
        try {
            Files.createDirectories(folder);
            context.req()
                    .setAttribute(CONFIGURATION, new MultipartConfigElement(folder.toString(), most, most + FRAME, 0));
            return new Multipart(context.req().getParts());
        } catch (IOException | ServletException | RuntimeException e) {
            // What is left of the body is not read, so the connection cannot carry another request.
            context.header("Connection", "close");
            throw refused(e, most);
        }
    }

    /** Jetty says by its message alone that a limit was passed. */
    private static RuntimeException refused(Exception e, long most) {
        var messages = Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .map(cause -> String.valueOf(cause.getMessage()))
                .toList();
        return messages.stream().anyMatch(message -> message.contains("exceeded"))
                ? tooLarge(most)
                : ApiError.invalid("The form is broken off or no multipart/form-data: send it again.");
    }

    private static ApiError tooLarge(long most) {
        return ApiError.tooLarge("The upload is longer than " + most + " bytes: send less at a time, or raise"
                + " serve.max_upload in tandem.yaml.");
    }

    /** The files of all fields, in their order. */
    public List<Sent> files() {
        var files = new ArrayList<Sent>();
        for (var part : parts) {
            var name = part.getSubmittedFileName();
            if (name != null) {
                files.add(new Sent(name, part.getSize(), part));
            }
        }
        return files;
    }

    /** A field's text. */
    public Optional<String> text(String field) {
        for (var part : parts) {
            if (part.getName().equals(field) && part.getSubmittedFileName() == null) {
                try (var in = part.getInputStream()) {
                    return Optional.of(new String(in.readNBytes(LONGEST_FIELD), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return Optional.empty();
    }

    /** The names of all fields. */
    public List<String> fields() {
        return parts.stream().map(Part::getName).distinct().toList();
    }

    @Override
    public void close() {
        for (var part : parts) {
            try {
                part.delete();
            } catch (IOException left) {
                // Jetty deletes it with the request, too.
            }
        }
    }
}
