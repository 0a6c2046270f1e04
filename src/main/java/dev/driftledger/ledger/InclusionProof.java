package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.List;

/// Shows that an entry is in a tree (RFC 6962 section 2.1.1).
///
/// @param index of the entry, from 0, below `size`
/// @param size number of leaves of the tree
/// @param path hashes from the leaf's sibling up to the root's child
public record InclusionProof(long index, long size, List<Digest> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /// The proof for an entry of a stored tree.
    ///
    /// @throws IllegalArgumentException when not `0 <= index < size`
    public static InclusionProof build(HashReader reader, long index, long size) {
        checkRange(index, size);
        List<Digest> path = new ArrayList<>();
        collect(reader, index, 0, size, path);
        return new InclusionProof(index, size, path);
    }

    private static void collect(
            HashReader reader, long index, long begin, long end, List<Digest> path) {
        if (end - begin == 1) {
            return;
        }
        long split = begin + ConsistencyProof.leftWidth(end - begin);
        if (index < split) {
            collect(reader, index, begin, split, path);
            path.add(Subtree.root(reader, split, end));
        } else {
            collect(reader, index, split, end, path);
            path.add(Subtree.root(reader, begin, split));
        }
    }

    /// Holds the proof against a leaf's hash and a root.
    ///
    /// @throws IllegalArgumentException when not `0 <= index < size`
    /// @throws RefutedException when the proof has the wrong length or leads elsewhere
    public void verify(Digest leaf, Digest root) throws RefutedException {
        checkRange(index, size);
        int inner = innerLength(index, size);
        int border = Long.bitCount(index >>> inner);
        if (path.size() != inner + border) {
            throw new RefutedException(
                    "inclusion proof has " + path.size() + " hashes, want " + (inner + border));
        }
        Digest node = Chain.inner(leaf, path.subList(0, inner), index);
        Digest got = Chain.leftBorder(node, path.subList(inner, path.size()));
        if (!got.equals(root)) {
            throw new RefutedException("inclusion proof leads to root " + got + ", want " + root);
        }
    }

    /// How many hashes of a path lie below where it meets the right border of the tree.
    static int innerLength(long index, long size) {
        return Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
    }

    private static void checkRange(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "entry index " + index + " is not within a log of size " + size);
        }
    }
}
