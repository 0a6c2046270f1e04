package dev.driftledger.store;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Tells a database that is away from one that refuses: the first comes back by itself, the second
/// refuses again whatever is tried.
public final class Outage {
    /// Classes of SQLSTATE (PostgreSQL, appendix A) that pass without a change of this program:
    /// connection, read-only standby, sign-in, no such database, rolled back, out of resources,
    /// not in the needed state, intervention of an operator, system error.
    private static final Set<String> PASSING =
            Set.of("08", "25", "28", "3D", "40", "53", "55", "57", "58");

    private Outage() {}

    /// Whether the same call may succeed later.
    ///
    /// @param failure what a call of this package failed with
    public static boolean isOne(Throwable failure) {
        Throwable e = failure;
        while (e instanceof CompletionException && e.getCause() != null) {
            e = e.getCause();
        }
        return switch (e) {
            case PgException answer -> isPassing(answer.getSqlState());
            case VertxException _, MovedLogException _ -> true;
            case io.smallrye.mutiny.TimeoutException _ -> true;
            case UncheckedIOException _, DamagedStoreException _ -> false;
            // What the network and the pool fail with; the rest is ours.
            default -> !(e instanceof RuntimeException) && !(e instanceof Error);
        };
    }

    private static boolean isPassing(@Nullable String sqlState) {
        return sqlState != null
                && sqlState.length() == 5
                && PASSING.contains(sqlState.substring(0, 2));
    }
}
