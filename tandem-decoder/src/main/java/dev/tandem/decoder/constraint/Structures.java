package dev.tandem.decoder.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Fills the rules of objects and arrays. */
final class Structures {
    private final GrammarBuilder builder;

    Structures(GrammarBuilder builder) {
        this.builder = builder;
    }

    /** @param key as JSON text, in quotes */
    record Property(String key, Rule value, boolean required) {}

    /** Properties beyond those that are named. */
    record Others(Rule key, Rule value) {}

    /** Elements of an array: the first ones by their place, then others if there may be any. */
    record Elements(List<Rule> first, Optional<Rule> others, int least, OptionalInt most) {
        Rule at(int place) {
            return place < first.size() ? first.get(place) : others.orElseThrow();
        }
    }

    /** An object whose properties come in their order, those that are not required or not, then the others. */
    void object(Rule rule, List<Property> properties, Optional<Others> others) {
        int count = properties.size();
        var begin = nodes(count + 1);
        var comma = nodes(count + 1);
        var after = nodes(count + 1);
        var end = builder.end();
        builder.literal(rule.start(), "{").free.add(begin.getFirst());
        boolean mayEnd = true;
        for (int i = count; i >= 0; i--) {
            if (mayEnd) {
                after.get(i).edges.add(new Node.Edge('}', '}', end));
                if (i == count) {
                    begin.get(i).edges.add(new Node.Edge('}', '}', end));
                }
            }
            builder.spaced(after.get(i), ",").free.add(comma.get(i));
            if (i == count) {
                others.ifPresent(some -> {
                    var name = builder.node();
                    begin.get(count).free.add(name);
                    comma.get(count).free.add(name);
                    builder.call(builder.spaced(builder.call(name, some.key()), ":"), some.value(), after.get(count));
                });
            } else {
                var property = properties.get(i);
                var name = builder.node();
                builder.call(builder.spaced(name, property.key() + ":"), property.value(), after.get(i + 1));
                for (var before : List.of(begin, comma)) {
                    before.get(i).free.add(name);
                    if (!property.required()) {
                        before.get(i).free.add(before.get(i + 1));
                    }
                }
            }
            mayEnd &= i > 0 && !properties.get(i - 1).required();
        }
    }

    void array(Rule rule, Elements elements) {
        boolean unbounded = elements.most().isEmpty() && elements.others().isPresent();
        int longest = elements.most().orElse(Math.max(elements.first().size(), elements.least()));
        if (elements.others().isEmpty()) {
            longest = Math.min(longest, elements.first().size());
        }
        // The last place is where an array without bounds comes back to.
        longest = unbounded ? Math.max(1, longest) : longest;
        var end = builder.end();
        var open = builder.literal(rule.start(), "[");
        if (elements.least() == 0) {
            open.edges.add(new Node.Edge(']', ']', end));
        }
        var before = open;
        for (int i = 0; i < longest; i++) {
            var after = builder.call(before, elements.at(i));
            if (i + 1 >= elements.least()) {
                after.edges.add(new Node.Edge(']', ']', end));
            }
            before = builder.node();
            if (i + 1 < longest) {
                builder.spaced(after, ",").free.add(before);
            } else if (unbounded) {
                builder.call(builder.spaced(after, ","), elements.others().orElseThrow(), after);
            }
        }
    }

    private List<Node> nodes(int count) {
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < count; i++) {
            nodes.add(builder.node());
        }
        return nodes;
    }
}
