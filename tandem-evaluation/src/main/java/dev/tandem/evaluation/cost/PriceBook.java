package dev.tandem.evaluation.cost;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Prices with their dates and sources, and what is assumed of the work. Immutable; holds every price and assumption.
 *
 * @param name what errors and reports call it by
 * @param currency of all prices, a code of three letters
 */
public record PriceBook(
        String name, String currency, Map<PriceName, Price> prices, Map<Assumption, Double> assumptions) {
    private static final String RESOURCE = "prices.yaml";

    public PriceBook {
        prices = Map.copyOf(prices);
        assumptions = Map.copyOf(assumptions);
    }

    /** The book that Tandem ships: the published planning figures. */
    public static PriceBook shipped() {
        return PriceBookReader.read(shippedText(), "the shipped price book");
    }

    /** The shipped book as a file to edit. */
    public static String shippedText() {
        try (var resource = PriceBook.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("Not packaged: " + RESOURCE);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a book.
     *
     * @throws MendableException with file and line, if anything is missing, unknown or no price
     */
    public static PriceBook read(Path file) {
        try {
            return PriceBookReader.read(Files.readString(file), file.toString());
        } catch (CharacterCodingException e) {
            throw new MendableException(file + " is not UTF-8 text: save it in that encoding.", e);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot read the price book " + file + " (" + e.getMessage()
                            + "): check the path, or make one with `tandem cost --write-price-book " + file + "`.",
                    e);
        }
    }

    /** Writes the shipped book to a file that is not there yet. */
    public static void writeShipped(Path file) {
        try {
            Files.writeString(file, shippedText(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new MendableException(
                    file + " is there already and may hold your prices: choose another name, or remove it.", e);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot write " + file + " (" + e.getMessage() + "): choose a folder that is there.", e);
        }
    }

    /** A price, in the book's currency. */
    public Range price(PriceName name) {
        return entry(name).amount();
    }

    Price entry(PriceName name) {
        var price = prices.get(name);
        if (price == null) {
            throw new IllegalStateException("No price: " + name);
        }
        return price;
    }

    public double assumption(Assumption name) {
        var value = assumptions.get(name);
        if (value == null) {
            throw new IllegalStateException("No assumption: " + name);
        }
        return value;
    }
}
