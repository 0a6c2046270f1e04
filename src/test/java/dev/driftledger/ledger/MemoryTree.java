package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.List;

/// A tree kept as a store keeps it: all hashes of every level of tiles.
final class MemoryTree implements HashReader {
    private final List<List<Digest>> levels = new ArrayList<>();
    private Frontier frontier = Frontier.EMPTY;

    void append(List<Digest> leaves) {
        Integration integration = Integration.append(frontier, leaves);
        frontier = integration.frontier();
        leaves.forEach(leaf -> add(0, leaf));
        for (TileHash hash : integration.completed()) {
            if (hash.index() != level(hash.level()).size()) {
                throw new AssertionError("out of order: " + hash);
            }
            add(hash.level(), hash.hash());
        }
    }

    private void add(int level, Digest hash) {
        level(level).add(hash);
    }

    List<Digest> level(int level) {
        while (levels.size() <= level) {
            levels.add(new ArrayList<>());
        }
        return levels.get(level);
    }

    Frontier frontier() {
        return frontier;
    }

    @Override
    public Digest hash(int level, long index) {
        return level(level).get(Math.toIntExact(index));
    }

    /// Entries of one or two bytes: 0, 1, 2 and so on.
    static List<byte[]> entries(int count) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new byte[] {(byte) (i >>> 8), (byte) i});
        }
        return entries;
    }

    static MemoryTree of(List<byte[]> entries) {
        MemoryTree tree = new MemoryTree();
        tree.append(entries.stream().map(Hashing::leaf).toList());
        return tree;
    }
}
