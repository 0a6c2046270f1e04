package dev.driftledger.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a verification needs to know of an entry.
///
/// @param source id of its source
/// @param digests of the blobs that it names
/// @param body only of the types that the silence rule reads, `scope` and `gap`; else null
record EntryFacts(
        EntryType type,
        String source,
        long seq,
        @Nullable Digest prev,
        Instant recordedAt,
        List<Digest> digests,
        @Nullable ObjectNode body) {

    static EntryFacts of(Entry entry) {
        boolean read = entry.type() == EntryType.SCOPE || entry.type() == EntryType.GAP;
        List<Digest> digests = new ArrayList<>(entry.digests().values());
        if (entry.blob() != null) {
            digests.addFirst(entry.blob().sha256());
        }
        return new EntryFacts(
                entry.type(),
                entry.source().id(),
                entry.seq(),
                entry.prev(),
                entry.recordedAt(),
                digests,
                read ? entry.body() : null);
    }
}
