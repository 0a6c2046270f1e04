package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.List;

/// What appending leaves made of a tree.
///
/// @param frontier of the tree with the new leaves
/// @param completed the hashes of level 1 and above that became final, in the order in which they
///     did; level 0 are the leaves themselves
public record Integration(Frontier frontier, List<TileHash> completed) {
    public Integration {
        completed = List.copyOf(completed);
    }

    /// Appends leaf hashes, in order.
    public static Integration append(Frontier before, List<Digest> leaves) {
        List<Digest> nodes = new ArrayList<>(before.nodes());
        List<TileHash> completed = new ArrayList<>();
        long size = before.size();
        for (Digest leaf : leaves) {
            Digest node = leaf;
            size++;
            for (int height = 1; height <= Long.numberOfTrailingZeros(size); height++) {
                node = Hashing.node(nodes.removeLast(), node);
                if (height % TileHash.WIDTH_LOG2 == 0) {
                    int level = height / TileHash.WIDTH_LOG2;
                    completed.add(new TileHash(level, (size >>> height) - 1, node));
                }
            }
            nodes.add(node);
        }
        return new Integration(new Frontier(size, nodes), completed);
    }
}
