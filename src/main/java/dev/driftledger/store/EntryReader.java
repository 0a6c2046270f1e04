package dev.driftledger.store;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads a log's entries from an index on, for those who follow it.
@Singleton
public final class EntryReader {
    private final Pool pool;

    EntryReader(Pool pool) {
        this.pool = pool;
    }

    /// Entries of some types, in order.
    ///
    /// @param from first index
    /// @param to index after the last
    /// @param countMax how many at most; fewer only when there are no more below `to`
    public Uni<List<Recorded>> entries(
            String cluster, long from, long to, Set<EntryType> types, int countMax) {
        String sql =
                """
                SELECT idx, bytes FROM entry
                WHERE cluster = $1 AND idx >= $2 AND idx < $3 AND type = ANY ($4) %s
                ORDER BY idx LIMIT $5
                """
                        .formatted(
                                types.contains(EntryType.OBJECT_OBSERVED)
                                        ? ""
                                        : "AND type <> 'object.observed'"); // let the index be used
        String[] names = types.stream().map(EntryType::wireName).sorted().toArray(String[]::new);
        return pool.preparedQuery(sql)
                .execute(Tuple.of(cluster, from, to, names, countMax))
                .map(rows -> {
                    List<Recorded> out = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        Entry entry = Entry.parse(row.getBuffer(1).getBytes());
                        out.add(new Recorded(row.getLong(0), entry));
                    }
                    return out;
                });
    }

    /// How many entries a log has; 0 for a log that never began.
    public Uni<Long> size(String cluster) {
        return pool.preparedQuery("SELECT size FROM log WHERE cluster = $1")
                .execute(Tuple.of(cluster))
                .map(rows -> rows.rowCount() == 0 ? 0L : rows.iterator().next().getLong(0));
    }
}
