package dev.tandem.workspace.trail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A link of the chain; a line of its file.
 *
 * @param number its place, from 1
 * @param time when it was made, ISO 8601 in UTC
 * @param kind {@code answer}, {@code erasure} (a person's contents were removed) or {@code retention} (old ones were)
 * @param commitment SHA-256 of salt and content of an answer; empty of other kinds
 * @param removed of other kinds the numbers of the answers whose contents were removed
 * @param torn SHA-256 of half a line that stands before this one, left by a process that was killed; empty mostly
 * @param previous the hash of the link before, 64 zeros at the first
 * @param hash SHA-256 of all that
 */
record Link(
        long number,
        String time,
        String kind,
        String commitment,
        List<Long> removed,
        String torn,
        String previous,
        String hash) {
    static final String ANSWER = "answer";
    static final String ERASURE = "erasure";
    static final String RETENTION = "retention";

    /** What the first link follows. */
    static final String NOTHING = "0".repeat(64);

    private static final JsonMapper JSON = new JsonMapper();

    Link {
        removed = List.copyOf(removed);
    }

    /** The link after another. */
    static Link after(
            long number,
            String previous,
            String time,
            String kind,
            String commitment,
            List<Long> removed,
            String torn) {
        return new Link(
                number,
                time,
                kind,
                commitment,
                removed,
                torn,
                previous,
                hash(number, time, kind, commitment, removed, torn, previous));
    }

    /** Every value stands on a line of its own, so that no two links have the same text. */
    private static String hash(
            long number,
            String time,
            String kind,
            String commitment,
            List<Long> removed,
            String torn,
            String previous) {
        return Sha256.of(
                String.join("\n", Long.toString(number), time, kind, commitment, removed.toString(), torn, previous));
    }

    /** Whether its hash is that of what it says. */
    boolean isWhole() {
        return hash.equals(hash(number, time, kind, commitment, removed, torn, previous));
    }

    String line() {
        var node = JSON.createObjectNode();
        node.put("number", number).put("time", time).put("kind", kind);
        if (!commitment.isEmpty()) {
            node.put("commitment", commitment);
        }
        if (!removed.isEmpty()) {
            var list = node.putArray("removed");
            removed.forEach(list::add);
        }
        if (!torn.isEmpty()) {
            node.put("torn", torn);
        }
        return node.put("previous", previous).put("hash", hash).toString();
    }

    /** A line's link; empty where it is none. */
    static Optional<Link> parse(String line) {
        try {
            var node = JSON.readTree(line);
            if (!node.isObject() || !node.path("number").isIntegralNumber()) {
                return Optional.empty();
            }
            var removed = new ArrayList<Long>();
            node.path("removed").forEach(each -> removed.add(each.asLong()));
            var link = new Link(
                    node.path("number").asLong(),
                    text(node, "time"),
                    text(node, "kind"),
                    text(node, "commitment"),
                    removed,
                    text(node, "torn"),
                    text(node, "previous"),
                    text(node, "hash"));
            // A field more, or one written otherwise, is no link of ours, whatever its hash.
            return link.line().equals(line) ? Optional.of(link) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText("");
    }
}
