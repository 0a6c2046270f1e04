package dev.driftledger.ledger;

import dev.driftledger.model.Digest;

/// Roots of parts of a stored tree.
final class Subtree {
    private Subtree() {}

    /// The root of the perfect subtree over leaves `index * 2^height` and following.
    static Digest root(HashReader reader, int height, long index) {
        if (height % TileHash.WIDTH_LOG2 == 0) {
            return reader.hash(height / TileHash.WIDTH_LOG2, index);
        }
        Digest left = root(reader, height - 1, 2 * index);
        return Hashing.node(left, root(reader, height - 1, 2 * index + 1));
    }

    /// The Merkle tree hash of leaves `begin` to `end`, where `begin` is a multiple of the smallest
    /// power of two that is no less than `end - begin`.
    static Digest root(HashReader reader, long begin, long end) {
        long width = end - begin;
        if (Long.bitCount(width) == 1) {
            int height = Long.numberOfTrailingZeros(width);
            return root(reader, height, begin >>> height);
        }
        long split = begin + Long.highestOneBit(width);
        return Hashing.node(root(reader, begin, split), root(reader, split, end));
    }
}
