package dev.driftledger.store;

import dev.driftledger.ledger.TileHash;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.Decision;
import dev.driftledger.recorder.StateChange;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one owner wants to store in one go: all of it is stored, or nothing.
///
/// @param partition of the intake topic that the cluster's records come from
/// @param expectedOffset the intake offset up to which the log was made when the batch was decided;
///     -1 for none
/// @param newOffset the last intake offset that the batch is made of, above `expectedOffset`
/// @param firstIndex the log's size when the batch was decided
/// @param leaves the new entries, in order; may be empty
/// @param tileHashes hashes of level 1 and above that the new leaves completed
/// @param blobs content by its digest; what is stored already is left alone
/// @param changes of recorder state, in order
public record Batch(
        ClusterRef cluster,
        int partition,
        long expectedOffset,
        long newOffset,
        long firstIndex,
        List<Leaf> leaves,
        List<TileHash> tileHashes,
        SortedMap<Digest, Decision.Blob> blobs,
        List<StateChange> changes) {

    public Batch {
        leaves = List.copyOf(leaves);
        tileHashes = List.copyOf(tileHashes);
        blobs = Collections.unmodifiableSortedMap(new TreeMap<>(blobs));
        changes = List.copyOf(changes);
        if (newOffset <= expectedOffset) {
            throw new IllegalArgumentException(
                    "batch ends at intake offset " + newOffset + ", want above " + expectedOffset);
        }
        if (firstIndex < 0) {
            throw new IllegalArgumentException("batch begins at index " + firstIndex);
        }
        for (Leaf leaf : leaves) {
            if (!leaf.entry().cluster().uid().equals(cluster.uid())) {
                throw new IllegalArgumentException(
                        "entry "
                                + leaf.entry().id()
                                + " is of cluster "
                                + leaf.entry().cluster().uid()
                                + ", want "
                                + cluster.uid());
            }
        }
    }

    /// How many entries the log has with this batch.
    public long newSize() {
        return firstIndex + leaves.size();
    }

    /// How many bytes of entries and blobs it carries; what a caller bounds batches by.
    public long sizeBytes() {
        long size = 0;
        for (Leaf leaf : leaves) {
            size += leaf.bytes().bytes().length;
        }
        for (Decision.Blob blob : blobs.values()) {
            size += blob.content().bytes().length;
        }
        return size;
    }
}
