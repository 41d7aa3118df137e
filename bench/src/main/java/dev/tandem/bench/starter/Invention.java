package dev.tandem.bench.starter;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes up names, places, people and quantities: what has to be copied, because it cannot be known. */
final class Invention {
    private static final List<String> ONSETS = List.of(
            "b", "br", "c", "ch", "d", "dr", "f", "g", "gl", "h", "j", "k", "l", "m", "n", "p", "pr", "qu", "r", "s",
            "sh", "st", "t", "th", "tr", "v", "w", "z", "");
    private static final List<String> VOWELS = List.of("a", "e", "i", "o", "u", "ai", "ea", "ou", "y", "io");
    private static final List<String> CODAS =
            List.of("", "", "n", "r", "s", "l", "m", "x", "nd", "ck", "th", "rus", "nia", "ton", "don", "ra");
    private static final List<String> FIRST = List.of(
            "golden", "old", "red", "little", "royal", "blue", "silver", "green", "north", "grand", "hidden", "white",
            "lucky", "black", "quiet", "crystal", "wild", "broken", "happy", "iron");
    private static final List<String> SECOND = List.of(
            "kite", "lantern", "river", "anchor", "oak", "crown", "fox", "garden", "harbour", "mill", "star", "bridge",
            "falcon", "rose", "tower", "stone", "bell", "ship", "moon", "table", "corner", "house");
    private static final List<String> PLACES = List.of(
            "street", "square", "park", "hill", "village", "valley", "road", "bay", "heights", "side", "town",
            "centre");
    private static final List<String> TITLES = List.of("dr", "mr", "mrs", "captain");

    private final Random random;
    private final List<String> people;

    /** @param people first names */
    Invention(Random random, List<String> people) {
        this.random = random;
        this.people = people;
    }

    <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int number(int below) {
        return random.nextInt(below);
    }

    /** A word that is none. */
    String word() {
        var word = new StringBuilder();
        int syllables = 1 + random.nextInt(3);
        for (int i = 0; i < syllables; i++) {
            word.append(any(ONSETS)).append(any(VOWELS)).append(any(CODAS));
        }
        return word.length() < 3 ? word() : word.toString();
    }

    /** What a thing is called. */
    String name() {
        return switch (random.nextInt(8)) {
            case 0 -> "the " + any(FIRST) + " " + any(SECOND);
            case 1 -> any(FIRST) + " " + any(SECOND) + " " + any(SECOND);
            case 2 -> word() + " " + word() + " " + (1 + random.nextInt(99));
            case 3 -> word() + " " + any(SECOND);
            case 4 -> word() + " " + (10 + random.nextInt(990));
            case 5 -> word();
            case 6 -> person() + " 's " + any(SECOND);
            default -> word() + " " + word();
        };
    }

    String place() {
        return switch (random.nextInt(4)) {
            case 0 -> word();
            case 1 -> any(FIRST) + " " + any(PLACES);
            case 2 -> "the " + any(FIRST) + " " + any(PLACES);
            default -> word() + " " + any(PLACES);
        };
    }

    String person() {
        var first = any(people).toLowerCase(Locale.ROOT);
        return chance(0.15) ? any(TITLES) + " " + word() : chance(0.5) ? first + " " + word() : first;
    }

    /** A value of the kind that domains.txt describes. */
    String value(String kinds) {
        var kind = any(List.of(kinds.split(" / ", -1)));
        return switch (kind) {
            case "place" -> place();
            case "person" -> person();
            case "made-up" -> name();
            default -> kind.matches("[0-9.]+-[0-9.]+.*") ? quantity(kind) : kind;
        };
    }

    private String quantity(String range) {
        int space = range.indexOf(' ');
        var bounds = (space < 0 ? range : range.substring(0, space)).split("-", -1);
        var unit = space < 0 ? "" : range.substring(space);
        double from = Double.parseDouble(bounds[0]);
        double value = from + random.nextDouble() * (Double.parseDouble(bounds[1]) - from);
        boolean whole = !bounds[0].contains(".") && (unit.isEmpty() || chance(0.8));
        return (whole ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%.1f", value)) + unit;
    }
}
