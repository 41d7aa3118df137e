package dev.tandem.answering.context;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.ingest.ContextLines;
import dev.tandem.knowledge.passage.Passage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Asks a language model for each passage's context line (Anthropic, "Introducing Contextual Retrieval", 2024), by the
 * versioned prompt {@code context-line-v1}. A line that was asked for before is taken from the file of kept lines: only
 * passages whose own text, title or headings changed are asked about again. A request that fails leaves its passage without a
 * line; after five failures in a row no more are asked, since the server is then most likely gone.
 */
public final class ModelContextLines implements ContextLines {
    /** A line is cut here: with the default length of passages all of it is seen by an encoder that reads 512 tokens. */
    static final int LONGEST_LINE = 240;

    /** The most that a line takes of what the embedding model reads, in its tokens. */
    public static final int LONGEST_LINE_TOKENS = 96;

    private static final int MOST_FAILURES = 5;
    private static final int AT_ONCE = 4;
    private static final int MOST_REASONS = 3;
    private static final Pattern THOUGHT = Pattern.compile("(?s)<think>.*?(?:</think>|$)");

    private final ChatModel model;
    private final String name;
    private final KeptLines keptLines;
    private final ContextPrompt prompt;
    private final Semaphore requests = new Semaphore(AT_ONCE);
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger missing = new AtomicInteger();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicLong inputTokens = new AtomicLong();
    private final AtomicLong outputTokens = new AtomicLong();
    private final Set<String> reasons = new LinkedHashSet<>();

    /**
     * Makes a writer of lines.
     *
     * @param name the model's; with another one all lines are made anew
     * @param room characters of each document that the model is shown
     */
    public ModelContextLines(ChatModel model, String name, KeptLines keptLines, int room) {
        this.model = model;
        this.name = name;
        this.keptLines = keptLines;
        this.prompt = new ContextPrompt(room);
    }

    /** As {@link #describe()}, of the model with this name. */
    public static String describe(String name) {
        return ", context lines " + ContextPrompt.NAME + " by " + name;
    }

    @Override
    public String describe() {
        return describe(name);
    }

    @Override
    public List<Optional<String>> of(List<Passage> document, Runnable between) {
        if (document.isEmpty()) {
            return List.of();
        }
        var keys = document.stream().map(this::key).toList();
        var lines = new ArrayList<Optional<String>>(document.size());
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<Optional<String>>>();
            for (int i = 0; i < document.size(); i++) {
                int at = i;
                asked.add(tasks.submit(() -> line(document, at, keys.get(at))));
            }
            try {
                for (var future : asked) {
                    lines.add(await(future));
                    between.run();
                }
            } catch (RuntimeException e) {
                tasks.shutdownNow();
                throw e;
            }
        }
        keptLines.keepOnly(document.getFirst().document(), new HashSet<>(keys));
        return lines;
    }

    private static Optional<String> await(Future<Optional<String>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var cancelled = new CancellationException("The writing of context lines was cancelled.");
            cancelled.initCause(e);
            throw cancelled;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private Optional<String> line(List<Passage> document, int at, String key) throws InterruptedException {
        var known = keptLines.find(key);
        if (known.isPresent()) {
            kept.incrementAndGet();
            return known;
        }
        requests.acquire();
        try {
            return failuresInARow.get() >= MOST_FAILURES ? none() : ask(document, at, key);
        } finally {
            requests.release();
        }
    }

    private Optional<String> ask(List<Passage> document, int at, String key) {
        String line;
        try {
            line = line(model.chat(ChatRequest.builder()
                    .messages(prompt.messages(document, at))
                    .build()));
        } catch (MendableException e) {
            failuresInARow.incrementAndGet();
            return none(String.valueOf(e.getMessage()));
        }
        if (line.isEmpty()) {
            return none("The language model gave an empty line.");
        }
        failuresInARow.set(0);
        keptLines.add(key, document.get(at).document(), line);
        written.incrementAndGet();
        return Optional.of(line);
    }

    private String line(ChatResponse response) {
        var usage = response.tokenUsage();
        if (usage != null) {
            inputTokens.addAndGet(usage.inputTokenCount() == null ? 0 : usage.inputTokenCount());
            outputTokens.addAndGet(usage.outputTokenCount() == null ? 0 : usage.outputTokenCount());
        }
        var text = response.aiMessage().text();
        return text == null ? "" : cleaned(text);
    }

    /** One line without thoughts and quotation marks, cut between words where it is too long. */
    static String cleaned(String reply) {
        var line = THOUGHT.matcher(reply)
                .replaceAll("")
                .replaceAll("[\\s\\p{Cc}]+", " ")
                .strip()
                .replaceAll("^[\"'“]+|[\"'”]+$", "");
        if (line.length() <= LONGEST_LINE) {
            return line;
        }
        int space = line.lastIndexOf(' ', LONGEST_LINE);
        int end = space > 0 ? space : LONGEST_LINE;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
    }

    private Optional<String> none(String reason) {
        synchronized (reasons) {
            if (reasons.size() < MOST_REASONS) {
                reasons.add(reason);
            }
        }
        return none();
    }

    private Optional<String> none() {
        missing.incrementAndGet();
        return Optional.empty();
    }

    private String key(Passage passage) {
        var made = String.join(
                "\0",
                ContextPrompt.NAME,
                name,
                passage.document(),
                passage.title(),
                String.join("\1", passage.headings()),
                passage.text());
        return HexFormat.of().formatHex(ContextPrompt.sha256(made));
    }

    @Override
    public Done done() {
        synchronized (reasons) {
            return new Done(
                    written.get(),
                    kept.get(),
                    missing.get(),
                    inputTokens.get(),
                    outputTokens.get(),
                    List.copyOf(reasons));
        }
    }

    @Override
    public void retain(Set<String> documents) {
        keptLines.retain(documents);
    }
}
