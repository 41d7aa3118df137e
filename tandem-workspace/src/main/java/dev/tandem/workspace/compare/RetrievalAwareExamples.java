package dev.tandem.workspace.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.ExampleFiles;
import dev.tandem.tuning.example.Message;
import dev.tandem.workspace.strategy.ContentHash;
import dev.tandem.workspace.strategy.FilledPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Training examples as the hybrid will read them: the last thing that the user says before an answer becomes the hybrid's prompt, filled
 * with what is retrieved for it, distractors and misses included.
 */
record RetrievalAwareExamples(FilledPrompt prompt) {
    private static final int HASH_CHARS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Writes them beside each other, under a name that says by a hash what is in it, so that an equal file has an equal name.
     *
     * @throws MendableException if the file cannot be written
     */
    Path write(Path training, Path folder, Progress progress) {
        var examples = new ArrayList<Example>();
        ExampleFiles.read(training, examples::add);
        var lines = new ArrayList<String>();
        try (var task = progress.start("Retrieving for examples", examples.size(), "examples")) {
            for (var example : examples) {
                lines.add(line(example));
                task.step(1);
            }
        }
        var text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        var file = folder.resolve("retrieval-aware-" + ContentHash.ofText(text).substring(0, HASH_CHARS) + ".jsonl");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot write " + file + " (" + e + "): make room, or make the folder one that you may write to.",
                    e);
        }
        return file;
    }

    private String line(Example example) {
        var messages = example.messages();
        int last = lastUser(messages);
        var tree = JSON.createObjectNode();
        var list = tree.putArray("messages");
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            list.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put(
                            "content",
                            i == last
                                    ? prompt.fill(message.content(), new Filter.All(), text -> true)
                                            .text()
                                    : message.content());
        }
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int lastUser(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role() == Message.Role.USER) {
                return i;
            }
        }
        return -1;
    }
}
