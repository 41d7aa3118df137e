package dev.tandem.models.embedding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An encoder that keeps what it encoded, for work that meets the same passages again and again. It gives what the encoder behind it gives,
 * because a text's vectors depend on nothing else. What was not asked for longest goes first. Safe for use by many threads; closes the encoder
 * behind it.
 */
public final class CachedEncoder implements TextEncoder {
    private final TextEncoder encoder;
    private final int mostTokens;
    private final Map<String, Encoding> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int tokens;

    /**
     * An encoder in front of another.
     *
     * @param mostTokens whose vectors are kept; each takes four bytes a dimension
     */
    public CachedEncoder(TextEncoder encoder, int mostTokens) {
        this.encoder = encoder;
        this.mostTokens = mostTokens;
    }

    @Override
    public String id() {
        return encoder.id();
    }

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    @Override
    public int maxTokens() {
        return encoder.maxTokens();
    }

    @Override
    public int countTokens(String text) {
        return encoder.countTokens(text);
    }

    @Override
    public List<Encoding> encodePassages(List<String> texts) {
        var known = new LinkedHashMap<String, Encoding>();
        var unknown = new LinkedHashSet<String>();
        for (var text : texts) {
            get(text).ifPresentOrElse(encoding -> known.put(text, encoding), () -> unknown.add(text));
        }
        var missing = List.copyOf(unknown);
        if (!missing.isEmpty()) {
            var encodings = encoder.encodePassages(missing);
            for (int i = 0; i < missing.size(); i++) {
                known.put(missing.get(i), encodings.get(i));
                keep(missing.get(i), encodings.get(i));
            }
        }
        var all = new ArrayList<Encoding>(texts.size());
        texts.forEach(text -> all.add(known.get(text)));
        return Collections.unmodifiableList(all);
    }

    @Override
    public Encoding encodeQuestion(String text) {
        return encoder.encodeQuestion(text);
    }

    private synchronized Optional<Encoding> get(String text) {
        return Optional.ofNullable(kept.get(text));
    }

    private synchronized void keep(String text, Encoding encoding) {
        if (kept.put(text, encoding) == null) {
            tokens += size(encoding);
        }
        var oldest = kept.values().iterator();
        while (tokens > mostTokens && oldest.hasNext()) {
            tokens -= size(oldest.next());
            oldest.remove();
        }
    }

    private static int size(Encoding encoding) {
        return encoding.tokens().size() + 1;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
