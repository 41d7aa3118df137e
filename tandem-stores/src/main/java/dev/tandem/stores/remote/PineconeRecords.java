package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is only read, as records of Pinecone, which keeps 40 kB of fields beside a vector: a longer text lies in records of its own,
 * called like the first with a number behind.
 */
final class PineconeRecords {
    /** Length of the vectors, which Pinecone insists on and nobody compares. */
    static final int DIMENSION = 2;

    /** A record's place among those of one text, 0 for the first. */
    static final String PIECE = "piece";

    private static final String PIECES = "pieces";

    /** Every character takes 6 bytes at most, and 4 kB are left for the other fields. */
    private static final int LONGEST_PIECE = 6_000;

    private PineconeRecords() {}

    static List<ObjectNode> records(Point point) {
        var text = point.stored() + "\n" + point.tokens();
        var pieces = text.length() <= LONGEST_PIECE ? List.<String>of() : pieces(text);
        var records = new ArrayList<ObjectNode>();
        records.add(record(point, point.id(), 0, pieces.isEmpty() ? text : "", pieces.size()));
        for (var piece : pieces) {
            int number = records.size();
            records.add(record(point, id(point.id(), number), number, piece, 0));
        }
        return records;
    }

    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + LONGEST_PIECE);
            // Half of a character is no text by itself.
            to -= to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0;
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private static ObjectNode record(Point point, String id, int piece, String text, int pieces) {
        var record = JsonServer.object().put("id", id);
        record.putArray("values").add(1).add(0);
        record.putObject("metadata")
                .put(Point.DOCUMENT, point.document())
                .put(Point.ORDINAL, point.ordinal())
                .put(Point.FROM, point.from())
                .put(Point.UNTIL, point.until())
                .put(PIECE, piece)
                .put(PIECES, pieces)
                .put(Point.STORED, text);
        return record;
    }

    private static String id(String first, int piece) {
        return first + "~" + piece;
    }

    /** The ids of the records that hold the rest of a first one's text. */
    static List<String> rest(JsonNode first) {
        var ids = new ArrayList<String>();
        for (int piece = 1; piece <= first.path("metadata").path(PIECES).asInt(); piece++) {
            ids.add(id(first.path("id").asText(), piece));
        }
        return ids;
    }

    /**
     * A point put together.
     *
     * @param records all records by id
     */
    static Point point(JsonNode first, Map<String, JsonNode> records) {
        var fields = first.path("metadata");
        var text = new StringBuilder(fields.path(Point.STORED).asText());
        for (var id : rest(first)) {
            text.append(records.getOrDefault(id, first)
                    .path("metadata")
                    .path(Point.STORED)
                    .asText());
        }
        int line = text.lastIndexOf("\n");
        var bare = PointJson.read(first.path("id").asText(), fields, first.path("none"));
        return new Point(
                bare.id(),
                bare.document(),
                bare.ordinal(),
                bare.from(),
                bare.until(),
                List.of(),
                List.of(),
                "",
                text.substring(0, line),
                text.substring(line + 1),
                new float[0]);
    }
}
