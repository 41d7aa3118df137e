package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Words as a sparse vector whose dimensions are the words' checksums, for servers without BM25. Two words that share one find a
 * passage too many, which its exact score then puts in its place.
 */
final class SparseWords {
    private SparseWords() {}

    /** What each word of a passage weighs there. */
    static Map<String, Double> ofPassage(List<String> stems) {
        var counts = new HashMap<String, Integer>();
        stems.forEach(stem -> counts.merge(stem, 1, Integer::sum));
        var weights = new HashMap<String, Double>();
        counts.forEach((stem, times) -> weights.put(stem, WordScores.inPassage(times, stems.size())));
        return weights;
    }

    static void write(Map<String, Double> weights, ArrayNode indices, ArrayNode values) {
        var byNumber = new TreeMap<Long, Double>();
        weights.forEach((stem, weight) -> {
            var checksum = new CRC32();
            checksum.update(stem.getBytes(StandardCharsets.UTF_8));
            byNumber.merge(checksum.getValue(), weight, Double::sum);
        });
        byNumber.forEach((number, weight) -> {
            indices.add(number);
            values.add(weight.floatValue());
        });
    }
}
