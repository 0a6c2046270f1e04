package dev.driftledger.web;

import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.InclusionProof;
import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.List;

/// An inclusion proof walked step by step, for looking at it; the steps and their order are those
/// of RFC 9162 section 2.1.3.2.
///
/// @param index the entry's place
/// @param size of the tree
/// @param leaf the entry's own hash
/// @param steps from the leaf upwards
/// @param root what a signed checkpoint says
record ProofWalk(long index, long size, Digest leaf, List<Step> steps, Digest root) {
    ProofWalk {
        steps = List.copyOf(steps);
    }

    /// One hash of the path.
    ///
    /// @param sibling the hash that the proof brings
    /// @param siblingLeft whether it goes before the node that was there
    /// @param parent SHA-256 over 0x01, the left and the right one
    record Step(Digest sibling, boolean siblingLeft, Digest parent) {
        /// Which side the sibling is on, in a word.
        public String side() {
            return siblingLeft ? "left" : "right";
        }
    }

    static ProofWalk of(InclusionProof proof, Digest leaf, Digest root) {
        List<Step> steps = new ArrayList<>(proof.path().size());
        long node = proof.index();
        long last = proof.size() - 1;
        Digest hash = leaf;
        for (Digest sibling : proof.path()) {
            while (node % 2 == 0 && node == last && last > 0) {
                node /= 2;
                last /= 2;
            }
            boolean left = node % 2 == 1;
            hash = left ? Hashing.node(sibling, hash) : Hashing.node(hash, sibling);
            steps.add(new Step(sibling, left, hash));
            node /= 2;
            last /= 2;
        }
        return new ProofWalk(proof.index(), proof.size(), leaf, steps, root);
    }

    /// The root that the entry and the siblings lead to.
    public Digest computed() {
        return steps.isEmpty() ? leaf : steps.getLast().parent();
    }

    /// Whether it is the root of the checkpoint, so that the entry is in the log.
    public boolean holds() {
        return computed().equals(root);
    }
}
