package dev.driftledger.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/// How far consumers of logs got, durably; [EntryReader] reads on from there.
@Singleton
public final class PublishCursors {
    private final Pool pool;

    PublishCursors(Pool pool) {
        this.pool = pool;
    }

    /// Moves a cursor on by compare-and-set. False when it stands elsewhere: somebody else
    /// consumes too, so read it again.
    ///
    /// @param expected where it stood when it was read
    /// @param next above `expected`
    public Uni<Boolean> advance(String cluster, String consumer, long expected, long next) {
        if (next <= expected || expected < 0) {
            throw new IllegalArgumentException(
                    "cursor of " + consumer + " cannot go from " + expected + " to " + next);
        }
        return expected == 0
                ? begin(cluster, consumer, next)
                : move(cluster, consumer, expected, next);
    }

    private Uni<Boolean> begin(String cluster, String consumer, long next) {
        String sql =
                """
                INSERT INTO publish_cursor (cluster, consumer, next_index) VALUES ($1, $2, $3)
                ON CONFLICT (cluster, consumer) DO NOTHING
                """;
        return pool.preparedQuery(sql)
                .execute(Tuple.of(cluster, consumer, next))
                .map(rows -> rows.rowCount() == 1);
    }

    private Uni<Boolean> move(String cluster, String consumer, long expected, long next) {
        String sql =
                """
                UPDATE publish_cursor SET next_index = $4
                WHERE cluster = $1 AND consumer = $2 AND next_index = $3
                """;
        return pool.preparedQuery(sql)
                .execute(Tuple.of(cluster, consumer, expected, next))
                .map(rows -> rows.rowCount() == 1);
    }
}
