package dev.driftledger.service;

import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.StateChange;
import dev.driftledger.store.AppendOutcome;
import dev.driftledger.store.Batch;
import dev.driftledger.store.StoredLog;
import org.jspecify.annotations.Nullable;

/// Where a log is kept: PostgreSQL in the service, memory in an offline replay.
///
/// Every call waits for its answer and throws [StoreAwayException] when there is none.
interface LogStorage {
    StoredLog load(ClusterRef cluster);

    Iterable<StateChange> loadState(StoredLog log);

    AppendOutcome append(Batch batch);

    byte @Nullable [] blob(Digest digest);

    /// The offset after the last one stored of an intake partition; null when nothing is.
    @Nullable Long storedUpTo(int partition);
}
