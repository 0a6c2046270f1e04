package dev.driftledger.ledger;

import dev.driftledger.ledger.LogFiles.UnreadableException;
import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Computes the tree above the bundles, which come in order, and holds it against the tiles of
/// level 1 and above, the stored checkpoints and the root. Memory: 256 hashes per level.
final class TreeCheck {
    private final LogFiles files;
    private final Checkpoint head;
    private final VerificationSteps steps;
    private final List<List<Digest>> open = new ArrayList<>();
    private final List<Long> closed = new ArrayList<>();
    private Frontier upper = Frontier.EMPTY;
    private Frontier last = Frontier.EMPTY;

    TreeCheck(LogFiles files, Checkpoint head, VerificationSteps steps) {
        this.files = files;
        this.head = head;
        this.steps = steps;
    }

    /// Takes the next bundle, all of whose predecessors were taken.
    void add(Bundle bundle, Frontier leaves) throws UnreadableException {
        for (Bundle.StoredCheckpoint stored : bundle.checkpoints()) {
            check(stored);
        }
        if (leaves.size() < TileHash.WIDTH) {
            last = leaves;
            return;
        }
        Digest root = leaves.nodes().getFirst();
        Integration integration = Integration.append(upper, List.of(root));
        upper = integration.frontier();
        addHash(1, root);
        for (TileHash completed : integration.completed()) {
            addHash(completed.level() + 1, completed.hash());
        }
    }

    private void check(Bundle.StoredCheckpoint stored) {
        Checkpoint claimed = stored.checkpoint();
        Digest root = combined(stored.frontier()).root();
        if (root.equals(claimed.root())) {
            steps.checkpoints.pass(1);
        } else {
            steps.checkpoints.fail(
                    "checkpoints/"
                            + claimed.size()
                            + " signs root "
                            + claimed.root()
                            + ", the entries have "
                            + root);
        }
    }

    /// The whole tree's frontier, when its last bundle has this one.
    private Frontier combined(Frontier lower) {
        if (lower.size() == TileHash.WIDTH) {
            Frontier next = Integration.append(upper, lower.nodes()).frontier();
            return new Frontier(next.size() * TileHash.WIDTH, next.nodes());
        }
        List<Digest> nodes = new ArrayList<>(upper.nodes());
        nodes.addAll(lower.nodes());
        return new Frontier(upper.size() * TileHash.WIDTH + lower.size(), nodes);
    }

    private void addHash(int level, Digest hash) throws UnreadableException {
        while (open.size() < level) {
            open.add(new ArrayList<>());
            closed.add(0L);
        }
        List<Digest> hashes = open.get(level - 1);
        hashes.add(hash);
        if (hashes.size() == TileHash.WIDTH) {
            compareTile(level);
        }
    }

    private void compareTile(int level) throws UnreadableException {
        List<Digest> hashes = open.get(level - 1);
        TilePath path = new TilePath(level, closed.get(level - 1), hashes.size());
        byte[] tile = FullTile.read(files, path, TileHash.WIDTH * Digest.SIZE_BYTES);
        if (tile == null) {
            steps.tiles.fail(path.path() + " is missing");
        } else if (Arrays.equals(tile, Tile.encodeHashes(hashes))) {
            steps.tiles.pass(1);
        } else {
            steps.tiles.fail(path.path() + " has other hashes than the tiles below it");
        }
        closed.set(level - 1, closed.get(level - 1) + 1);
        hashes.clear();
    }

    /// Compares the unfinished tiles and the root, after the last bundle.
    void finish() throws UnreadableException {
        for (int level = 1; level <= open.size(); level++) {
            if (!open.get(level - 1).isEmpty()) {
                compareTile(level);
            }
        }
        Digest root = combined(last).root();
        if (root.equals(head.root())) {
            steps.root.pass(1);
        } else {
            steps.root.fail("checkpoint signs root " + head.root() + ", the entries have " + root);
        }
    }
}
