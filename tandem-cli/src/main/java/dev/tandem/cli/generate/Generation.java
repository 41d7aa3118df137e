package dev.tandem.cli.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.cli.console.Json;
import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.constraint.Constraints;
import dev.tandem.decoder.constraint.Grammar;
import dev.tandem.decoder.generation.Generator;
import dev.tandem.decoder.generation.Sampling;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * Prompts to answers by a model in this process.
 *
 * @param adapters folders, each known by its name
 * @param jsonSchema what answers must be where a prompt does not say; none for any text
 */
public record Generation(
        Path base, List<Path> adapters, Placement placement, Sampling sampling, Optional<Path> jsonSchema) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Generation {
        adapters = List.copyOf(adapters);
    }

    private record Prompt(String id, JsonNode node, Optional<String> adapter, Optional<Grammar> grammar) {}

    /** What prompts become answers with. */
    private record Parts(Generator generator, Tokenizer tokenizer, Constraints constraints) {}

    /** One prompt's answer, told as it comes. */
    public Answer single(String prompt, Consumer<String> listener, BooleanSupplier cancelled) {
        var grammar = jsonSchema.map(new Schemas()::file);
        return open(parts -> {
            var node = JSON.createObjectNode().put("prompt", prompt);
            if (parts.tokenizer().chats()) {
                node.putArray("messages").addObject().put("role", "user").put("content", prompt);
            }
            return answers(
                            List.of(new Prompt("1", node, Optional.empty(), grammar)),
                            parts,
                            (number, more) -> listener.accept(more),
                            cancelled)
                    .getFirst();
        });
    }

    /**
     * A file of prompts, a batch at a time; answers that the output holds already are not made again.
     *
     * @param out none for stdout
     * @return what was done, in a sentence
     */
    public String file(
            Path prompts,
            @Nullable Path out,
            int batch,
            Progress progress,
            PrintWriter stdout,
            BooleanSupplier cancelled) {
        var done = out == null ? Set.<String>of() : answered(out);
        var left = read(prompts).stream()
                .filter(prompt -> !done.contains(prompt.id()))
                .toList();
        if (left.isEmpty()) {
            return "Every prompt of " + prompts + " is answered already.";
        }
        long began = System.nanoTime();
        long tokens = open(parts -> {
            long count = 0;
            try (var task = progress.start("Generating", left.size(), "prompts")) {
                for (int from = 0; from < left.size() && !cancelled.getAsBoolean(); from += batch) {
                    var some = left.subList(from, Math.min(left.size(), from + batch));
                    var answers = answers(some, parts, (number, more) -> {}, cancelled);
                    if (cancelled.getAsBoolean()) {
                        break;
                    }
                    for (var answer : answers) {
                        write(Json.line(answer.json()), out, stdout);
                        count += answer.generation().tokens();
                    }
                    task.step(some.size());
                }
            }
            return count;
        });
        return String.format(
                java.util.Locale.ROOT,
                "%d prompts, %,d tokens, %.1f tokens/s.",
                left.size(),
                tokens,
                tokens / ((System.nanoTime() - began) / 1e9));
    }

    private List<Answer> answers(
            List<Prompt> prompts, Parts parts, Generator.Listener listener, BooleanSupplier cancelled) {
        var requests = new ArrayList<Generator.Request>();
        for (var prompt : prompts) {
            var adapter =
                    prompt.adapter().or(() -> adapters.stream().findFirst().map(Generation::name));
            var constraint = prompt.grammar().map(parts.constraints()::of);
            requests.add(new Generator.Request(tokens(prompt, parts.tokenizer()), adapter, sampling, constraint));
        }
        long began = System.nanoTime();
        var generations = parts.generator().generate(requests, listener, cancelled);
        double millis = (System.nanoTime() - began) / 1e6;
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < prompts.size(); i++) {
            answers.add(new Answer(prompts.get(i).id(), requests.get(i).adapter(), generations.get(i), millis));
        }
        return answers;
    }

    private static int[] tokens(Prompt prompt, Tokenizer tokenizer) {
        if (prompt.node().path("messages").isArray()) {
            var messages = new ArrayList<Map<String, ?>>();
            for (var message : prompt.node().get("messages")) {
                messages.add(Map.of(
                        "role", message.path("role").asText(),
                        "content", message.path("content").asText()));
            }
            return tokenizer.encode(tokenizer.chat(messages, true), false);
        }
        return tokenizer.encode(prompt.node().path("prompt").asText(), true);
    }

    private <T> T open(Function<Parts, T> work) {
        try (var scope = new PointerScope();
                var tokenizer = Tokenizer.open(base);
                var decoder = Decoder.open(base, placement, Decoder.Storage.PLAIN)) {
            var attached = new LinkedHashMap<String, Adapter>();
            try {
                for (var folder : adapters) {
                    if (attached.put(name(folder), Adapter.attach(folder, name(folder), decoder)) != null) {
                        throw new MendableException("Two adapters are called " + name(folder) + ": rename a folder.");
                    }
                }
                return work.apply(new Parts(
                        new Generator(decoder, tokenizer, attached), tokenizer, new Constraints(base, tokenizer)));
            } finally {
                attached.values().forEach(Adapter::close);
            }
        }
    }

    private static String name(Path folder) {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    private List<Prompt> read(Path file) {
        var schemas = new Schemas();
        var common = jsonSchema.map(schemas::file);
        var prompts = new ArrayList<Prompt>();
        var ids = new HashSet<String>();
        int number = 0;
        for (var line : lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                var node = JSON.readTree(line);
                var id = node.path("id").asText("");
                if (id.isEmpty() || !ids.add(id)) {
                    throw new MendableException(
                            file + ", line " + number + ": give every prompt an \"id\" of its own.");
                }
                if (!node.path("prompt").isTextual() && !node.path("messages").isArray()) {
                    throw new MendableException(file + ", line " + number + ": give a \"prompt\" or \"messages\".");
                }
                prompts.add(new Prompt(
                        id,
                        node,
                        node.path("adapter").isTextual()
                                ? Optional.of(node.get("adapter").asText())
                                : Optional.empty(),
                        node.has("json_schema")
                                ? Optional.of(schemas.of(
                                        node.get("json_schema"), file + ", line " + number + ", json_schema"))
                                : common));
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new MendableException(file + ", line " + number + ": the line is no JSON object.", e);
            }
        }
        if (prompts.isEmpty()) {
            throw new MendableException(file + " holds no prompts: write one JSON object a line.");
        }
        return prompts;
    }

    private static Set<String> answered(Path out) {
        var done = new HashSet<String>();
        if (Files.exists(out)) {
            for (var line : lines(out)) {
                answeredId(line).ifPresent(done::add);
            }
        }
        return done;
    }

    /** None for the line that was being written when a process ended; its prompt is answered again. */
    private static Optional<String> answeredId(String line) {
        try {
            return Optional.of(JSON.readTree(line).path("id").asText());
        } catch (IOException cutShort) {
            return Optional.empty();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot read " + file + ": check that it is a UTF-8 file that you may read.", e);
        }
    }

    private static void write(String line, @Nullable Path out, PrintWriter stdout) {
        if (out == null) {
            stdout.println(line);
            return;
        }
        try {
            Files.writeString(
                    out, line + "\n", java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new MendableException("Cannot write " + out + ": " + e.getMessage() + ".", e);
        }
    }
}
