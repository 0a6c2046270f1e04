package dev.driftledger.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// A row of `log`, as questions see it; only appends change it, by their own SQL.
@Entity(name = "LogRow")
@Table(name = "log")
@Immutable
class LogRow {
    @Id String cluster = "";

    int number;
    String name = "";
    String origin = "";
    long size;

    @Column(name = "recorded_at")
    @Nullable Instant recordedAt;
}
