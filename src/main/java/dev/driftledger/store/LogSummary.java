package dev.driftledger.store;

import dev.driftledger.model.ClusterRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One log, for people who look for it.
///
/// @param origin the log's name in checkpoints
/// @param size number of entries
/// @param recordedAt of the last entry; null when there is none
/// @param checkpoint the newest; null when none was signed yet
public record LogSummary(
        ClusterRef cluster,
        String origin,
        long size,
        @Nullable Instant recordedAt,
        @Nullable StoredCheckpoint checkpoint) {}
