package dev.tandem.evaluation.cost;

import dev.tandem.foundation.MendableException;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a price book strictly: what is missing, unknown, twice there or no price is refused with its line and the mend. */
final class PriceBookReader {
    private static final List<String> SECTIONS = List.of("currency", "prices", "assumptions");
    private static final List<String> NEEDED = List.of("low", "high", "unit", "currency", "date", "source");
    private static final String OPEN = "open_ended";
    private static final double MOST = 1e12;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final String file;

    private PriceBookReader(String file) {
        this.file = file;
    }

    static PriceBook read(String yaml, String file) {
        return new PriceBookReader(file).book(yaml);
    }

    /** A key of the file with what stands under it. */
    private record Entry(int line, Node value) {}

    private PriceBook book(String yaml) {
        var root = new Entry(1, compose(yaml));
        var sections = entries(root, "the price book", SECTIONS);
        var currencyEntry = needed(sections, "currency", root, "the price book");
        var currency = text(currencyEntry, "currency");
        if (!CURRENCY.matcher(currency).matches()) {
            throw error(
                    currencyEntry.line(),
                    "currency must be a code of three capital letters like USD or EUR, not \"" + currency + "\".");
        }
        var priceEntry = needed(sections, "prices", root, "the price book");
        var known = names(PriceName.values(), PriceName::key);
        var written = entries(priceEntry, "prices", known);
        var prices = new EnumMap<PriceName, Price>(PriceName.class);
        for (var name : PriceName.values()) {
            prices.put(name, price(name, needed(written, name.key(), priceEntry, "prices"), currency));
        }
        var assumptionEntry = needed(sections, "assumptions", root, "the price book");
        var assumed = entries(assumptionEntry, "assumptions", names(Assumption.values(), Assumption::key));
        var assumptions = new EnumMap<Assumption, Double>(Assumption.class);
        for (var name : Assumption.values()) {
            var entry = needed(assumed, name.key(), assumptionEntry, "assumptions");
            assumptions.put(name, number(entry, "assumptions." + name.key(), 1));
        }
        return new PriceBook(file, currency, prices, assumptions);
    }

    private Node compose(String yaml) {
        try {
            // Nodes, not objects: they know their lines, and nothing in the file can name a class.
            @Nullable Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root == null) {
                throw error(1, "the price book is empty: `tandem cost --write-price-book FILE` writes a whole one.");
            }
            return root;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw error(
                    mark == null ? 1 : mark.getLine() + 1,
                    "this is not valid YAML: " + e.getProblem()
                            + ". Check indentation, colons and quotes here and in the line above.");
        } catch (YAMLException e) {
            throw error(1, "this is not valid YAML: " + e.getMessage());
        }
    }

    private Price price(PriceName name, Entry entry, String currency) {
        var path = "prices." + name.key();
        var fields = entries(
                entry, path, Stream.concat(NEEDED.stream(), Stream.of(OPEN)).toList());
        double low = number(needed(fields, "low", entry, path), path + ".low", 0);
        var highEntry = needed(fields, "high", entry, path);
        double high = number(highEntry, path + ".high", 0);
        if (high < low) {
            throw error(
                    highEntry.line(),
                    path + ".high (" + Range.amount(high) + ") is below its low (" + Range.amount(low)
                            + "): swap them, or write the same number twice for a fixed price.");
        }
        var unit = needed(fields, "unit", entry, path);
        if (!text(unit, path + ".unit").equals(name.unit())) {
            throw error(
                    unit.line(),
                    path + " must be a price for one `" + name.unit() + "`, not \"" + text(unit, path + ".unit")
                            + "\": convert the price, and write `unit: " + name.unit() + "`.");
        }
        var own = needed(fields, "currency", entry, path);
        if (!text(own, path + ".currency").equals(currency)) {
            throw error(
                    own.line(),
                    path + " is in " + text(own, path + ".currency") + ", but the book is in " + currency
                            + ": convert it; amounts of several currencies cannot be summed.");
        }
        return new Price(
                new Range(low, high, fields.containsKey(OPEN) && truth(fields.get(OPEN), path + "." + OPEN)),
                date(needed(fields, "date", entry, path), path + ".date"),
                text(needed(fields, "source", entry, path), path + ".source"));
    }

    private Map<String, Entry> entries(Entry entry, String path, List<String> known) {
        if (!(entry.value() instanceof MappingNode mapping)) {
            throw error(entry.line(), path + " must hold keys, like " + known.getFirst() + ": ...");
        }
        var entries = new LinkedHashMap<String, Entry>();
        for (var tuple : mapping.getValue()) {
            var name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!known.contains(name)) {
                throw error(
                        line, "unknown key " + name + " in " + path + ": known are " + String.join(", ", known) + ".");
            }
            if (entries.put(name, new Entry(line, tuple.getValueNode())) != null) {
                throw error(line, name + " stands twice in " + path + ": keep one of them.");
            }
        }
        return entries;
    }

    private Entry needed(Map<String, Entry> entries, String name, Entry parent, String path) {
        var entry = entries.get(name);
        if (entry == null) {
            throw error(
                    parent.line(),
                    name + " is missing in " + path
                            + ": add it (`tandem cost --write-price-book FILE` writes a whole book to copy it from).");
        }
        return entry;
    }

    private double number(Entry entry, String path, double least) {
        var text = text(entry, path);
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            value = Double.NaN;
        }
        if (!(value >= least && value <= MOST)) {
            throw error(
                    entry.line(),
                    path + " must be a number of at least " + Range.amount(least) + ", not \"" + text
                            + "\": write it in digits, without currency and thousands separators.");
        }
        return value;
    }

    private boolean truth(@Nullable Entry entry, String path) {
        var text = entry == null ? "false" : text(entry, path);
        if (!text.equals("true") && !text.equals("false")) {
            throw error(entry == null ? 1 : entry.line(), path + " must be true or false, not \"" + text + "\".");
        }
        return text.equals("true");
    }

    private LocalDate date(Entry entry, String path) {
        try {
            return LocalDate.parse(text(entry, path));
        } catch (DateTimeParseException e) {
            throw error(
                    entry.line(),
                    path + " must be the day on which the price was looked up, like 2026-01-31, not \""
                            + text(entry, path) + "\".");
        }
    }

    private String text(Entry entry, String path) {
        if (!(entry.value() instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw error(entry.line(), path + " has no value: write one after the colon.");
        }
        return scalar.getValue().strip();
    }

    private MendableException error(int line, String message) {
        return new MendableException(file + ":" + line + ": " + message);
    }

    private static <T> List<String> names(T[] values, Function<T, String> key) {
        return Arrays.stream(values).map(key).toList();
    }
}
