package dev.driftledger.service;

import dev.driftledger.event.CheckpointGuard;
import dev.driftledger.ledger.HashReader;
import dev.driftledger.model.Digest;
import dev.driftledger.store.StoredCheckpoint;
import dev.driftledger.store.StoredLog;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One log as its signer sees it: what is stored of it in PostgreSQL, and what is remembered of it
/// outside.
///
/// Every call waits for its answer and throws a `RuntimeException` when there was none; trying
/// again is right then. [DamagedStoreException] says that trying again is not.
interface SignedLog {
    /// Becomes the only one who may remember checkpoints.
    ///
    /// @return the text of the last one; null when there is none
    @Nullable String takeOver();

    /// Remembers a checkpoint before it is signed.
    ///
    /// @throws CheckpointGuard.FencedException when somebody else took over
    void remember(String checkpointText);

    /// Gives up the right to remember.
    void release();

    StoredLog load();

    /// The leaf hashes of the entries from `from` on and before `to`, made of their bytes again.
    List<Digest> rehash(long from, long to);

    /// Stored hashes.
    HashReader hashes(Set<HashReader.Place> needed);

    void save(StoredCheckpoint checkpoint);
}
