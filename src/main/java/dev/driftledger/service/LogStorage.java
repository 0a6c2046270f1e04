package dev.driftledger.service;

import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.StateChange;
import dev.driftledger.store.AppendOutcome;
import dev.driftledger.store.Batch;
import dev.driftledger.store.StoredLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a log is kept: PostgreSQL in the service, memory in an offline replay.
///
/// Every call waits for its answer and throws [StoreAwayException] when there is none, or
/// [StoreRefusedException] when there will never be one.
interface LogStorage {
    /// All clusters that have a log.
    List<ClusterRef> clusters();

    StoredLog load(ClusterRef cluster);

    /// Takes over what a cluster is called now; nothing where it has no log.
    void rename(ClusterRef cluster);

    Iterable<StateChange> loadState(StoredLog log);

    AppendOutcome append(Batch batch);

    byte @Nullable [] blob(Digest digest);

    /// The offset after the last one stored of an intake partition; 0 when nothing is.
    long storedUpTo(int partition);
}
