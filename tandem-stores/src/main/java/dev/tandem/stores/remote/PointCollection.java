package dev.tandem.stores.remote;

/**
 * A place for points of one kind.
 *
 * @param index the index's name
 * @param edition counts how often the index was made anew; 0 for commits, which outlive that
 * @param kind what is kept
 * @param dimension the vectors' length, 0 where points have none
 */
record PointCollection(String index, long edition, Kind kind, int dimension) {
    /** What points are. */
    enum Kind {
        COMMITS,
        DOCUMENTS,
        PASSAGES
    }

    static PointCollection commits(String index) {
        return new PointCollection(index, 0, Kind.COMMITS, 0);
    }

    static PointCollection documents(String index, long edition) {
        return new PointCollection(index, edition, Kind.DOCUMENTS, 0);
    }

    static PointCollection passages(String index, long edition, int dimension) {
        return new PointCollection(index, edition, Kind.PASSAGES, dimension);
    }

    /** Its name where a server knows one row of names only: {@code shop-passages-3}. */
    String name(String separator) {
        var kindName = kind.name().toLowerCase(java.util.Locale.ROOT);
        return kind == Kind.COMMITS ? index + separator + kindName : index + separator + kindName + separator + edition;
    }
}
