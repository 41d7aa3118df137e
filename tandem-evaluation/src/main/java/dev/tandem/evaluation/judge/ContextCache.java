package dev.tandem.evaluation.judge;

import dev.tandem.models.embedding.TextEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Contexts made ready, each once: several answers are mostly judged against one. The longest unused go first when there
 * are more than {@value #MOST_TOKENS} tokens (1.5 kB each) or {@value #MOST} contexts. Safe for use by many threads.
 */
final class ContextCache {
    private static final int MOST_TOKENS = 40_000;
    private static final int MOST = 256;

    private final TextEncoder encoder;
    private final Map<List<String>, CompletableFuture<Context>> contexts = new LinkedHashMap<>(16, 0.75f, true);
    private int tokens;

    ContextCache(TextEncoder encoder) {
        this.encoder = encoder;
    }

    Context get(List<String> texts) {
        var own = new CompletableFuture<Context>();
        var there = claim(texts, own);
        if (there.isPresent()) {
            return there.get().join();
        }
        try {
            var context = Context.of(texts, encoder);
            own.complete(context);
            keep(context);
            return context;
        } catch (RuntimeException | Error e) {
            forget(texts);
            own.completeExceptionally(e);
            throw e;
        }
    }

    private synchronized Optional<CompletableFuture<Context>> claim(
            List<String> texts, CompletableFuture<Context> own) {
        return Optional.ofNullable(contexts.putIfAbsent(texts, own));
    }

    private synchronized void forget(List<String> texts) {
        contexts.remove(texts);
    }

    private synchronized void keep(Context context) {
        tokens += context.tokens();
        var oldest = contexts.values().iterator();
        while ((tokens > MOST_TOKENS || contexts.size() > MOST) && oldest.hasNext()) {
            var each = oldest.next();
            if (each.isDone()) {
                tokens -= each.join().tokens();
                oldest.remove();
            }
        }
    }
}
