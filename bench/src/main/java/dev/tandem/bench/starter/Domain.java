package dev.tandem.bench.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of thing that can be described.
 *
 * @param noun "washing machine"
 * @param plural "washing machines"
 */
record Domain(String noun, String plural, List<Attribute> attributes) {
    /**
     * One of its properties.
     *
     * @param key "spin speed"
     * @param values what {@link Invention#value} takes; "yes-no" for what holds or does not
     * @param predicates follow "it"
     * @param others follow the noun; for yes-or-no attributes they follow "it" where it does not hold
     */
    record Attribute(String key, String values, List<String> predicates, List<String> others) {
        boolean yesOrNo() {
            return values.equals("yes-no");
        }
    }

    /** All of domains.txt. */
    static List<Domain> all() {
        var domains = new ArrayList<Domain>();
        for (var line : text().lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                var parts = line.strip().split(" ; ", -1);
                domains.getLast()
                        .attributes()
                        .add(new Attribute(
                                parts[0],
                                parts[1],
                                List.of(parts[2].split(" / ", -1)),
                                List.of(parts[3].split(" / ", -1))));
            } else {
                var words = line.split(" ", -1);
                int half = words.length / 2;
                domains.add(new Domain(
                        String.join(" ", List.of(words).subList(0, half)),
                        String.join(" ", List.of(words).subList(half, words.length)),
                        new ArrayList<>()));
            }
        }
        return domains;
    }

    private static String text() {
        try (var in = Domain.class.getResourceAsStream("domains.txt")) {
            if (in == null) {
                throw new IllegalStateException("domains.txt is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
