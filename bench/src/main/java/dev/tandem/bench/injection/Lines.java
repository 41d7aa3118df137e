package dev.tandem.bench.injection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Sentences that we wrote ourselves, as resources: a line each, in which {@code {a|b|c}} stands for one of its parts. A line
 * gives up to four sentences, always the same.
 */
final class Lines {
    private static final Pattern CHOICE = Pattern.compile("\\{([^{}|]*\\|[^{}]*)\\}");

    private static final int VARIANTS = 4;

    private Lines() {}

    static List<String> of(String resource) {
        try (var stream = Lines.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            var lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return IntStream.range(0, lines.size())
                    .boxed()
                    .flatMap(number -> variants(lines.get(number), number).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> variants(String line, int seed) {
        var random = new Random(seed);
        return IntStream.range(0, VARIANTS)
                .mapToObj(variant -> CHOICE.matcher(line).replaceAll(match -> {
                    var parts = match.group(1).split("\\|", -1);
                    return Matcher.quoteReplacement(parts[random.nextInt(parts.length)]);
                }))
                .distinct()
                .toList();
    }
}
