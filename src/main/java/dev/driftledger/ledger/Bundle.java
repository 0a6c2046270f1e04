package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one bundle of entries was found to be.
///
/// @param index from 0; the bundle holds the entries from `256 * index`
/// @param entries those that could be read, with their position; empty when the bundle could not
/// @param frontier over the bundle's leaves alone; null when there are no leaf hashes to be had,
///     so that the tree cannot be computed beyond here
/// @param checkpoints stored for sizes within this bundle
record Bundle(
        long index,
        List<Read> entries,
        @Nullable Frontier frontier,
        List<StoredCheckpoint> checkpoints) {
    /// An entry that was read.
    ///
    /// @param index in the log
    /// @param sha256 of its bytes
    record Read(long index, EntryFacts entry, Digest sha256) {}

    /// A checkpoint whose signatures hold and that claims a root within this bundle.
    ///
    /// @param frontier over the bundle's leaves up to the checkpoint's size
    record StoredCheckpoint(Checkpoint checkpoint, Frontier frontier) {}

    /// The frontier over hashes that lie one after the other, up to `count` of them.
    static Frontier frontier(byte[] hashes, int count) {
        List<Digest> leaves = new ArrayList<>(count);
        if (count > 0) {
            byte[] part = Arrays.copyOf(hashes, count * Digest.SIZE_BYTES);
            leaves.addAll(Tile.decodeHashes(part));
        }
        return Integration.append(Frontier.EMPTY, leaves).frontier();
    }
}
