package dev.tandem.knowledge.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What a file says of itself, by field name: title, author, subject, keywords, category, created, updated, and its own. */
final class Properties {
    /** What programs write where the author wrote nothing. */
    private static final Set<String> SAYS_NOTHING = Set.of(
            "untitled",
            "unspecified",
            "(unspecified)",
            "anonymous",
            "(anonymous)",
            "unknown",
            "powerpoint presentation",
            "slide 1");

    /** Under these names, packages keep what is read here; the first that is there counts. */
    private static final Map<String, String> ELEMENTS = Map.of(
            "dc:title", "title",
            "dc:creator", "author",
            "dc:subject", "subject",
            "cp:keywords", "keywords",
            "meta:keyword", "keywords",
            "cp:category", "category",
            "dcterms:created", "created",
            "meta:creation-date", "created",
            "dcterms:modified", "updated",
            "dc:date", "updated");

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** Those of an Office or OpenDocument package. */
    static Properties of(ZipParts parts) throws IOException, UnreadableException {
        var properties = new Properties();
        for (var part : List.of("docProps/core.xml", "meta.xml")) {
            var core = parts.xml(part);
            if (core.isPresent()) {
                for (var element : core.get().getAllElements()) {
                    var name = ELEMENTS.get(element.tagName());
                    if (name != null) {
                        properties.put(name, element.text());
                    } else if (element.tagName().equals("meta:user-defined")) {
                        properties.putOwn(element.attr("meta:name"), element.text());
                    }
                }
            }
        }
        var custom = parts.xml("docProps/custom.xml");
        if (custom.isPresent()) {
            for (Element property : custom.get().select("property[name]")) {
                properties.putOwn(property.attr("name"), property.text());
            }
        }
        return properties;
    }

    void put(String name, @Nullable String value) {
        if (value == null
                || value.isBlank()
                || SAYS_NOTHING.contains(value.strip().toLowerCase(Locale.ROOT))
                || name.equals("title") && isFileName(value)) {
            return;
        }
        var parts = new ArrayList<String>();
        for (var part : name.equals("keywords") ? value.split("[,;]", -1) : new String[] {value}) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        if (name.equals("created") || name.equals("updated")) {
            parts.replaceAll(instant -> instant.substring(0, Math.min(10, instant.length())));
        }
        if (name.equals("keywords")) {
            values.computeIfAbsent(name, key -> new ArrayList<>()).addAll(parts);
        } else {
            values.putIfAbsent(name, parts);
        }
    }

    /** A field of the author's; those that begin with an underscore or a label's number are the programs'. */
    void putOwn(String name, @Nullable String value) {
        var field = name.strip().toLowerCase(Locale.ROOT);
        if (!field.isEmpty() && !field.startsWith("_") && !field.startsWith("msip_label")) {
            put(field, value);
        }
    }

    /** Printing a file to PDF often leaves its name where the title should be. */
    private static boolean isFileName(String title) {
        return title.strip().matches("(?i)(Microsoft (Word|PowerPoint|Excel) - .*|\\S+\\.[a-z]{2,4}x?)");
    }

    Map<String, List<String>> values() {
        return values;
    }
}
