package dev.tandem.bench.products;

import dev.tandem.bench.products.DialogueAct.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The laptops that dialogue acts are about, put together again from all that acts say of them: RNNLG drew its acts from a table of
 * products, so that all acts agree. An attribute of which they do not agree is none: {@code isforbusinesscomputing}, which the
 * corpus drew anew for each act.
 */
public final class Catalogue {
    private final Map<String, Map<String, Set<String>>> products = new TreeMap<>();
    private final Set<String> unsettled = new HashSet<>();

    /** Of all acts. */
    public Catalogue(Collection<DialogueAct> acts) {
        for (var act : acts) {
            String product = "";
            for (var slot : act.slots()) {
                if (slot.key().equals("name")) {
                    product = slot.value();
                } else if (!product.isEmpty()) {
                    products.computeIfAbsent(product, name -> new LinkedHashMap<>())
                            .computeIfAbsent(slot.key(), key -> new LinkedHashSet<>())
                            .add(slot.value());
                }
            }
        }
        products.values()
                .forEach(sheet -> sheet.forEach((key, values) -> {
                    if (values.size() > 1) {
                        unsettled.add(key);
                    }
                }));
    }

    /** How many products there are. */
    public int size() {
        return products.size();
    }

    /** Keys on which the acts do not agree. */
    public Set<String> unsettled() {
        return Set.copyOf(unsettled);
    }

    /** Writes a Markdown file a product. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var product : products.entrySet()) {
            var sheet = new StringBuilder("# " + product.getKey() + "\n\n");
            product.getValue().forEach((key, values) -> {
                if (!unsettled.contains(key)) {
                    sheet.append("- ")
                            .append(key)
                            .append(": ")
                            .append(values.iterator().next())
                            .append('\n');
                }
            });
            Files.writeString(folder.resolve(product.getKey().replace(' ', '-') + ".md"), sheet);
        }
    }

    /**
     * What is asked for: the act without the values that a sheet has. Values that no product's sheet has, as a customer's wish or the number of
     * products found, are the asker's and stay.
     */
    public String request(DialogueAct act) {
        var slots = new ArrayList<Slot>();
        Map<String, Set<String>> sheet = new HashMap<>();
        for (var slot : act.slots()) {
            if (slot.key().equals("name")) {
                sheet = products.getOrDefault(slot.value(), Map.of());
                slots.add(slot);
            } else {
                boolean looked = sheet.containsKey(slot.key()) && !unsettled.contains(slot.key());
                slots.add(looked ? new Slot(slot.key(), "") : slot);
            }
        }
        return new DialogueAct(act.type(), slots).toString();
    }

    /** All values and names, which a text may say by mistake. */
    public List<String> values() {
        var values = new ArrayList<String>(products.keySet());
        products.values().forEach(sheet -> sheet.values().forEach(values::addAll));
        return values;
    }
}
