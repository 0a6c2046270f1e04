package dev.driftledger.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/// From a moment to how many entries each log had by then.
final class BoundsReading {
    /// The last batch that began by then, and how far it got by then; no scan over entries.
    private static final String SIZE_AT =
            """
            SELECT l.cluster, coalesce((
                SELECT coalesce(
                    (SELECT max(e.idx) + 1 FROM entry e
                     WHERE e.cluster = b.cluster AND e.idx >= b.first_index
                        AND e.idx < b.first_index + b.entries_count AND e.recorded_at <= :at),
                    b.first_index)
                FROM batch b
                WHERE b.cluster = l.cluster AND b.first_recorded_at <= :at
                ORDER BY b.first_recorded_at DESC, b.first_index DESC LIMIT 1), 0)
            FROM log l
            """;

    private static final String SIZE_NOW = "SELECT l.cluster, l.size FROM log l";

    private BoundsReading() {}

    /// @param cluster uid of the only log to look at; null for all
    static Uni<Bounds> bounds(
            Mutiny.StatelessSession session, @Nullable String cluster, @Nullable Instant at) {
        String sql =
                (at == null ? SIZE_NOW : SIZE_AT)
                        + (cluster == null ? "" : " WHERE l.cluster = :cluster")
                        + " ORDER BY l.number";
        Mutiny.SelectionQuery<Object[]> query = session.createNativeQuery(sql, Object[].class);
        if (at != null) {
            query.setParameter("at", at);
        }
        if (cluster != null) {
            query.setParameter("cluster", cluster);
        }
        return query.getResultList().map(BoundsReading::bounds);
    }

    private static Bounds bounds(List<Object[]> rows) {
        return new Bounds(
                rows.stream().map(row -> (String) row[0]).toList(),
                rows.stream().map(row -> ((Number) row[1]).longValue()).toList());
    }
}
