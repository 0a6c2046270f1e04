package dev.driftledger.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import dev.driftledger.recorder.Decision;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /// What is read before the bodies that are too long for their entries.
    record Told(
            List<Entry> entries, Coverage.Heartbeats heartbeats, CoverageComputation.Signs signs) {

        /// The blobs that hold whole bodies.
        Set<Digest> bodies() {
            Set<Digest> bodies = new LinkedHashSet<>();
            for (Entry entry : entries) {
                Digest body = entry.wholeBody();
                if (body != null) {
                    bodies.add(body);
                }
            }
            return bodies;
        }

        Coverage coverage(Coverage.Span range, Map<Digest, Decision.Blob> bodies) {
            CoverageComputation computation = new CoverageComputation();
            for (Entry entry : entries) {
                computation.add(entry, body(entry, bodies));
            }
            return computation.coverage(range, signs, heartbeats);
        }

        private static @Nullable JsonNode body(Entry entry, Map<Digest, Decision.Blob> bodies) {
            Digest body = entry.wholeBody();
            if (body == null) {
                return entry.body();
            }
            Decision.Blob stored = bodies.get(body);
            try {
                return stored == null ? null : Json.parse(stored.content().bytes());
            } catch (IOException _) {
                return null;
            }
        }
    }

    Uni<Told> read(Coverage.Span range) {
        return BoundsReading.bounds(session, cluster, range.to())
                .map(Bounds::asOf)
                .flatMap(size ->
                        entries(range.from(), size)
                                .flatMap(entries -> told(entries, range.from(), size)));
    }

    private Uni<Told> told(List<EntryRow> rows, Instant from, long size) {
        List<Entry> entries = rows.stream().map(row -> row.recorded().entry()).toList();
        return heartbeats(from, size)
                .flatMap(heartbeats ->
                        signs(size).map(signs -> new Told(entries, heartbeats, signs)));
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
