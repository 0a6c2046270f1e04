package dev.driftledger.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.driftledger.model.Digest;
import dev.driftledger.store.StoredCheckpoint;

/// One signed statement of a log's size and root.
///
/// @param note the signed note, whole
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record CheckpointView(long size, Digest root, Stamp signedAt, String note) {
    static CheckpointView of(StoredCheckpoint checkpoint) {
        return new CheckpointView(
                checkpoint.size(),
                checkpoint.root(),
                new Stamp(checkpoint.signedAt()),
                checkpoint.note());
    }
}
