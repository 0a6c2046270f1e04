package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.List;

/// What must be known of a tree to append to it and to tell its root: the roots of its maximal
/// perfect subtrees. At most 63 hashes, whatever the size.
///
/// @param size number of leaves
/// @param nodes one per set bit of `size`, the largest subtree (which is leftmost) first
public record Frontier(long size, List<Digest> nodes) {
    /// The tree without leaves.
    public static final Frontier EMPTY = new Frontier(0, List.of());

    public Frontier {
        if (size < 0 || nodes.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "frontier of size "
                            + size
                            + " has "
                            + nodes.size()
                            + " nodes, want "
                            + Long.bitCount(size));
        }
        nodes = List.copyOf(nodes);
    }

    /// The frontier of a stored tree.
    ///
    /// @param reader knows the hashes of all levels of tiles up to `size`
    public static Frontier of(long size, HashReader reader) {
        List<Digest> nodes = new ArrayList<>();
        long begin = 0;
        for (int height = 62; height >= 0; height--) {
            long width = 1L << height;
            if ((size & width) != 0) {
                nodes.add(Subtree.root(reader, height, begin >>> height));
                begin += width;
            }
        }
        return new Frontier(size, nodes);
    }

    /// The root of the tree (RFC 6962 section 2.1).
    public Digest root() {
        if (nodes.isEmpty()) {
            return Hashing.EMPTY_ROOT;
        }
        Digest root = nodes.getLast();
        for (int i = nodes.size() - 2; i >= 0; i--) {
            root = Hashing.node(nodes.get(i), root);
        }
        return root;
    }
}
