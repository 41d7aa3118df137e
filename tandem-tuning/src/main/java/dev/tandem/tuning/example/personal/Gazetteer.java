package dev.tandem.tuning.example.personal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists of what is ordinary and what is a name: English words, given names, places (with the countries and cities that Java
 * knows), nationalities and religions. Immutable; loaded once by who needs it.
 */
final class Gazetteer {
    private final Set<String> words;
    private final Set<String> givenNames;
    private final Set<String> places;
    private final Set<String> groups;

    Gazetteer() {
        words = lines("words.txt");
        givenNames = set(String.join(" ", lines("given-names.txt")));
        groups = set(String.join(" ", lines("groups.txt")));
        var all = new HashSet<String>();
        lines("places.txt").forEach(place -> all.add(place.toLowerCase(Locale.ROOT)));
        for (var code : Locale.getISOCountries()) {
            var country = Locale.of("", code).getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT);
            all.add(country);
            all.add(country.replaceAll(" \\(.*|,.*", "").replace("&", "and").strip());
        }
        for (var zone : ZoneId.getAvailableZoneIds()) {
            if (zone.matches("(Africa|America|Asia|Europe|Australia|Pacific|Atlantic)/.*")) {
                all.add(zone.substring(zone.lastIndexOf('/') + 1)
                        .replace('_', ' ')
                        .toLowerCase(Locale.ROOT));
            }
        }
        places = Set.copyOf(all);
    }

    /** Words with spaces between them, as a set. */
    static Set<String> set(String words) {
        return Arrays.stream(words.split(" ", -1)).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> lines(String name) {
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Gazetteer.class.getResourceAsStream(name)), StandardCharsets.UTF_8))) {
            return in.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is an English word that is no name; of a compound, whether all its parts are. */
    boolean isWord(String lower) {
        if (words.contains(lower) || lower.length() == 1) {
            return true;
        }
        int apostrophe = Math.max(lower.indexOf('\''), lower.indexOf('’'));
        if (apostrophe > 0) {
            return isWord(lower.substring(0, apostrophe));
        }
        return lower.indexOf('-') > 0 && Arrays.stream(lower.split("-", -1)).allMatch(words::contains);
    }

    boolean isGivenName(String lower) {
        return givenNames.contains(lower);
    }

    boolean isPlace(String lower) {
        return places.contains(lower);
    }

    /** Whether it names people of a nationality, religion or party. */
    boolean isGroup(String lower) {
        return groups.contains(lower)
                || lower.endsWith("s") && groups.contains(lower.substring(0, lower.length() - 1))
                || lower.endsWith("es") && groups.contains(lower.substring(0, lower.length() - 2));
    }
}
