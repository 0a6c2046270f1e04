package dev.driftledger.store;

import dev.driftledger.ledger.Frontier;
import dev.driftledger.model.ClusterRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The head of a log as it is stored.
///
/// @param origin the log's name in checkpoints, fixed when it began
/// @param partition of the intake topic it was last made from; -1 when it has taken nothing in yet
/// @param intakeOffset up to which it is made; -1 when it has taken nothing in yet
/// @param recordedAt of its last entry; null when it is empty
/// @param frontier its size, and what is needed to append to its tree
/// @param checkpoint the newest; null when none was signed yet
public record StoredLog(
        ClusterRef cluster,
        String origin,
        int partition,
        long intakeOffset,
        @Nullable Instant recordedAt,
        Frontier frontier,
        @Nullable StoredCheckpoint checkpoint) {

    /// How many entries it has.
    public long size() {
        return frontier.size();
    }
}
