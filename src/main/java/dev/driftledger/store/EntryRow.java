package dev.driftledger.store;

import dev.driftledger.ledger.Entry;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/// A row of `entry`, as far as questions need it.
@jakarta.persistence.Entity(name = "EntryRow")
@Table(name = "entry")
@IdClass(EntryRow.Key.class)
@Immutable
class EntryRow {
    @Id String cluster = "";

    @Id
    @Column(name = "idx")
    long index;

    byte[] bytes = {};

    /// Which leaf of which log.
    record Key(String cluster, long index) implements Serializable {}

    Recorded recorded() {
        return new Recorded(index, Entry.parse(bytes));
    }
}
