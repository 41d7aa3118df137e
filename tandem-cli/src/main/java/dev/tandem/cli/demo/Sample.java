package dev.tandem.cli.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The shipped sample workspace.
 *
 * @param folder holds {@code documents} and {@code questions.jsonl}
 */
public record Sample(Path folder) {
    private static final Path PLACE = Path.of("samples", "shop");

    /** Finds the sample: in the home that the launcher names, or in a folder above the program's own file. */
    public static Sample find() {
        var home = Optional.ofNullable(System.getProperty("tandem.home")).map(Path::of);
        return Stream.concat(home.stream(), Stream.iterate(program(), folder -> folder != null, Path::getParent))
                .map(folder -> folder.resolve(PLACE))
                .filter(folder -> Files.isDirectory(folder.resolve("documents")))
                .findFirst()
                .map(Sample::new)
                .orElseThrow(() -> new MendableException("The sample (" + PLACE
                        + ") is not there: run `tandem demo` from a whole clone or installation of Tandem."));
    }

    /** Copies the documents into a folder, in place of what is there under their names. */
    public void copyDocuments(Path target) {
        var documents = folder.resolve("documents");
        try (var files = Files.walk(documents)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = target.resolve(documents.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot copy the sample to " + target + " (" + e + "): choose another --folder.", e);
        }
    }

    /** Facts and the messages that the shop makes of them, to tune on; OpenAI's chat form. */
    public Path messages() {
        return folder.resolve("messages.jsonl");
    }

    /** The questions on which approaches are compared: those of the handbook, and messages that nothing was tuned on. */
    public Path testSet() {
        return folder.resolve("testset.jsonl");
    }

    /** The questions that show what Tandem does, one of them unanswerable. */
    public List<String> questions() {
        var file = folder.resolve("questions.jsonl");
        try (var lines = Files.lines(file)) {
            var questions = new ArrayList<String>();
            for (var line : lines.filter(line -> !line.isBlank()).toList()) {
                shown(line).ifPresent(questions::add);
            }
            return questions;
        } catch (IOException e) {
            throw new MendableException("Cannot read the sample's questions in " + file + " (" + e + ").", e);
        }
    }

    private static Optional<String> shown(String line) throws IOException {
        boolean demo = false;
        var question = Optional.<String>empty();
        try (var json = new JsonFactory().createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                var value = json.nextToken();
                if (name.equals("demo")) {
                    demo = value == JsonToken.VALUE_TRUE;
                } else if (name.equals("question")) {
                    question = Optional.of(json.getText());
                }
                json.skipChildren();
            }
        }
        return demo ? question : Optional.empty();
    }

    private static Path program() {
        try {
            return Path.of(Sample.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
