package dev.driftledger.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/// Reads what [CoverageComputation] needs: entries about watching from the last start before the
/// range on, and the entry before each start, which is the last sign of life of the run before.
final class CoverageReading {
    private static final String ENTRIES =
            """
            WITH start AS (
                SELECT coalesce(max(e.idx), 0) AS idx FROM entry e
                WHERE e.cluster = :cluster AND e.type = 'startup' AND e.recorded_at <= :from),
            wanted AS (
                SELECT e.idx FROM entry e, start
                WHERE e.cluster = :cluster AND e.idx >= start.idx AND e.idx < :size
                    AND e.type IN ('startup', 'shutdown', 'scope', 'watch.started',
                        'watch.unavailable', 'gap')
                UNION
                SELECT e.idx - 1 FROM entry e, start
                WHERE e.cluster = :cluster AND e.idx > start.idx AND e.idx < :size
                    AND e.type = 'startup')
            SELECT e.cluster, e.idx, e.bytes FROM wanted
            JOIN entry e ON e.cluster = :cluster AND e.idx = wanted.idx
            ORDER BY e.idx LIMIT :limit
            """;
    private static final String HEARTBEATS =
            """
            SELECT count(*), min(e.observed_at), max(e.observed_at) FROM entry e
            WHERE e.cluster = :cluster AND e.type = 'heartbeat' AND e.idx < :size
                AND e.recorded_at >= :from
            """;

    private final Mutiny.StatelessSession session;
    private final String cluster;
    private final int entriesMax;

    CoverageReading(Mutiny.StatelessSession session, String cluster, int entriesMax) {
        this.session = session;
        this.cluster = cluster;
        this.entriesMax = entriesMax;
    }

    Uni<Coverage> read(Instant from, Instant to) {
        Coverage.Span range = new Coverage.Span(from, to);
        return BoundsReading.bounds(session, cluster, to)
                .map(Bounds::asOf)
                .flatMap(size ->
                        entries(from, size)
                                .flatMap(entries -> coverage(computed(entries), range, size)));
    }

    private Uni<Coverage> coverage(
            CoverageComputation computation, Coverage.Span range, long size) {
        return heartbeats(range.from(), size)
                .flatMap(heartbeats ->
                        signs(size).map(signs -> computation.coverage(range, signs, heartbeats)));
    }

    private static CoverageComputation computed(List<EntryRow> rows) {
        CoverageComputation computation = new CoverageComputation();
        rows.forEach(row -> computation.add(row.recorded().entry()));
        return computation;
    }

    private Uni<List<EntryRow>> entries(Instant from, long size) {
        return session.createNativeQuery(ENTRIES, EntryRow.class)
                .setParameter("cluster", cluster)
                .setParameter("from", from)
                .setParameter("size", size)
                .setParameter("limit", entriesMax + 1)
                .getResultList()
                .invoke(rows -> {
                    if (rows.size() > entriesMax) {
                        throw new IllegalArgumentException(
                                "coverage of this range takes more than "
                                        + entriesMax
                                        + " entries; ask for a shorter range or raise"
                                        + " driftledger.store.coverage-entries-max");
                    }
                });
    }

    private Uni<Coverage.Heartbeats> heartbeats(Instant from, long size) {
        return session.createNativeQuery(HEARTBEATS, Object[].class)
                .setParameter("cluster", cluster)
                .setParameter("from", from)
                .setParameter("size", size)
                .getSingleResult()
                .map(row ->
                        new Coverage.Heartbeats(
                                ((Number) row[0]).longValue(), instant(row[1]), instant(row[2])));
    }

    private Uni<CoverageComputation.Signs> signs(long size) {
        return recordedAt(0)
                .flatMap(first ->
                        recordedAt(size - 1)
                                .map(last ->
                                        new CoverageComputation.Signs(
                                                first.isEmpty() ? null : first.getFirst(),
                                                last.isEmpty() ? null : last.getFirst())));
    }

    private Uni<List<Instant>> recordedAt(long index) {
        String sql =
                "SELECT e.recorded_at FROM entry e WHERE e.cluster = :cluster AND e.idx = :idx";
        return session.createNativeQuery(sql, Object.class)
                .setParameter("cluster", cluster)
                .setParameter("idx", index)
                .getResultList()
                .map(rows -> rows.stream().map(CoverageReading::instant).toList());
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> instant;
            case java.time.OffsetDateTime time -> time.toInstant();
            default -> throw new AssertionError("a timestamptz came as " + value.getClass());
        };
    }
}
