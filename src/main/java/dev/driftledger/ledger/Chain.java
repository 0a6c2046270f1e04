package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.util.List;

/// Hashing along the path of a proof.
final class Chain {
    private Chain() {}

    /// Climbs with siblings on the side that the bits of `index` tell: 0 is right, 1 is left.
    static Digest inner(Digest seed, List<Digest> siblings, long index) {
        Digest node = seed;
        for (int i = 0; i < siblings.size(); i++) {
            Digest sibling = siblings.get(i);
            boolean right = ((index >>> i) & 1) == 0;
            node = right ? Hashing.node(node, sibling) : Hashing.node(sibling, node);
        }
        return node;
    }

    /// Like [#inner], but leaves out the siblings on the right, which a smaller tree does not have.
    static Digest innerLeftOnly(Digest seed, List<Digest> siblings, long index) {
        Digest node = seed;
        for (int i = 0; i < siblings.size(); i++) {
            if (((index >>> i) & 1) == 1) {
                node = Hashing.node(siblings.get(i), node);
            }
        }
        return node;
    }

    /// Climbs along the right border of a tree, where all siblings are on the left.
    static Digest leftBorder(Digest seed, List<Digest> siblings) {
        Digest node = seed;
        for (Digest sibling : siblings) {
            node = Hashing.node(sibling, node);
        }
        return node;
    }
}
