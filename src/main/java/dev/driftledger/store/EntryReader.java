package dev.driftledger.store;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads on in a log for those who follow it with a cursor of [PublishCursors].
@Singleton
public final class EntryReader {
    private final Pool pool;

    EntryReader(Pool pool) {
        this.pool = pool;
    }

    /// What a consumer has not finished.
    ///
    /// @param from where its cursor stands
    /// @param size how many entries the log has
    /// @param entries from the cursor on, in order, those of the types asked for
    public record Unread(long from, long size, List<Recorded> entries) {
        public Unread {
            entries = List.copyOf(entries);
        }
    }

    /// What comes next for a consumer, in one round trip; of a log that never began, nothing.
    ///
    /// @param countMax how many entries at most; fewer only when there are no more
    public Uni<Unread> unread(String cluster, String consumer, Set<EntryType> types, int countMax) {
        String sql =
                """
                SELECT at.next_index, at.size, e.idx, e.bytes
                FROM (SELECT l.cluster, l.size, coalesce(c.next_index, 0) AS next_index
                    FROM log l LEFT JOIN publish_cursor c
                        ON c.cluster = l.cluster AND c.consumer = $2
                    WHERE l.cluster = $1) at
                LEFT JOIN LATERAL (SELECT idx, bytes FROM entry
                    WHERE cluster = at.cluster AND idx >= at.next_index AND idx < at.size
                        AND type = ANY ($3) %s
                    ORDER BY idx LIMIT $4) e ON true
                ORDER BY e.idx
                """
                        .formatted(
                                types.contains(EntryType.OBJECT_OBSERVED)
                                        ? ""
                                        : "AND type <> 'object.observed'"); // let the index be used
        String[] names = types.stream().map(EntryType::wireName).sorted().toArray(String[]::new);
        return pool.preparedQuery(sql)
                .execute(Tuple.of(cluster, consumer, names, countMax))
                .map(EntryReader::unread);
    }

    private static Unread unread(RowSet<Row> rows) {
        long from = 0;
        long size = 0;
        List<Recorded> entries = new ArrayList<>(rows.size());
        for (Row row : rows) {
            from = row.getLong(0);
            size = row.getLong(1);
            Long index = row.getLong(2);
            if (index != null) {
                entries.add(new Recorded(index, Entry.parse(row.getBuffer(3).getBytes())));
            }
        }
        return new Unread(from, size, entries);
    }
}
