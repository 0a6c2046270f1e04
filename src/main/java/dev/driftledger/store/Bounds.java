package dev.driftledger.store;

import java.util.List;
import java.util.stream.Collectors;

/// How much of which logs a question looks at. What lies below never changes, so a list within
/// bounds is the same whenever it is asked for.
///
/// @param clusters in the order in which their logs began
/// @param sizes how many entries of each count
record Bounds(List<String> clusters, List<Long> sizes) {
    /// Common table expression `bound (cluster, size)` from parameters `clusters` and `sizes`.
    static final String SQL =
            """
            WITH RECURSIVE bound (cluster, size) AS (
                SELECT * FROM unnest(string_to_array(:clusters, ','),
                    cast(string_to_array(:sizes, ',') AS bigint[])))
            """;

    Bounds {
        clusters = List.copyOf(clusters);
        sizes = List.copyOf(sizes);
    }

    /// All entries that are looked at.
    long asOf() {
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    /// Cluster uids have no commas.
    String clustersText() {
        return String.join(",", clusters);
    }

    String sizesText() {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
