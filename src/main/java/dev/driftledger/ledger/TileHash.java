package dev.driftledger.ledger;

import dev.driftledger.model.Digest;

/// A node of the tree that tiles hold: level 0 are the leaves, each further level has one hash per
/// 256 of the level before.
///
/// @param level 0 to 7
/// @param index from the left, so it covers the leaves from `index * 256^level` on
public record TileHash(int level, long index, Digest hash) {
    /// How many hashes a full tile has, and how many of a level one hash of the next covers.
    public static final int WIDTH = 256;

    /// The binary logarithm of [#WIDTH].
    static final int WIDTH_LOG2 = 8;
}
