package dev.driftledger.store;

import dev.driftledger.model.Digest;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/// A row of `checkpoint`.
@Entity(name = "CheckpointRow")
@Table(name = "checkpoint")
@IdClass(CheckpointRow.Key.class)
@Immutable
class CheckpointRow {
    @Id String cluster = "";
    @Id long size;
    byte[] root = {};
    String note = "";

    @Column(name = "signed_at")
    Instant signedAt = Instant.EPOCH;

    /// Which size of which log.
    record Key(String cluster, long size) implements Serializable {}

    StoredCheckpoint stored() {
        return new StoredCheckpoint(size, Digest.ofBytes(root), note, signedAt);
    }
}
