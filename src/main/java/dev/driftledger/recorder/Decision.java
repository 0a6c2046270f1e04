package dev.driftledger.recorder;

import dev.driftledger.ledger.Entry;
import dev.driftledger.model.Digest;
import java.util.List;
import java.util.SortedMap;

/// What one intake record led to. All of it is stored in one transaction or none of it.
///
/// @param entries new leaves of the log, in order
/// @param blobs new content by its digest; may repeat content stored before
/// @param changes rows of recorder state to write, in order
public record Decision(
        List<Entry> entries, SortedMap<Digest, Blob> blobs, List<StateChange> changes) {
    public Decision {
        entries = List.copyOf(entries);
        changes = List.copyOf(changes);
    }

    /// Content-addressed bytes.
    public record Blob(String mediaType, ContentBytes content) {}
}
