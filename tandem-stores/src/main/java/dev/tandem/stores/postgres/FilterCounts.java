package dev.tandem.stores.postgres;

import dev.tandem.knowledge.filter.Filter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** How many passages the filters used last leave in a commit; what a search does by is worth counting once. Safe for use by many threads. */
final class FilterCounts {
    private static final int KEPT = 64;

    private record Asked(long version, Filter filter) {}

    private final Map<Asked, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Integer> eldest) {
            return size() > KEPT;
        }
    };

    int of(long version, Filter filter, IntSupplier counting) {
        var asked = new Asked(version, filter);
        synchronized (counts) {
            var known = counts.get(asked);
            if (known != null) {
                return known;
            }
        }
        int counted = counting.getAsInt();
        synchronized (counts) {
            counts.put(asked, counted);
        }
        return counted;
    }
}
