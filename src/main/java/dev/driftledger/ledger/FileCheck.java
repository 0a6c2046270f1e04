package dev.driftledger.ledger;

import dev.driftledger.ledger.LogFiles.UnreadableException;
import java.util.Arrays;
import java.util.Set;

/// Looks at the files of a folder that the other steps have no need of: partial tiles of earlier
/// sizes must be the beginning of today's; whatever else is there is named as not covered.
final class FileCheck {
    private static final int BYTES_MAX = TileHash.WIDTH * (Entry.SIZE_MAX_BYTES + 2);
    private static final Set<String> OURS = Set.of("checkpoint", "key");

    private final LogFiles files;
    private final Checkpoint head;
    private final BlobCheck blobs;
    private final Tally tally;

    FileCheck(LogFiles files, Checkpoint head, BlobCheck blobs, Tally tally) {
        this.files = files;
        this.head = head;
        this.blobs = blobs;
        this.tally = tally;
    }

    void check() throws UnreadableException {
        for (String path : files.paths()) {
            if (path.startsWith("tile/")) {
                checkTile(path);
            } else if (!isCovered(path)) {
                tally.notChecked(path + " is no file that a checkpoint covers");
            }
        }
    }

    /// Whether other steps read it, or it is a blob.
    private boolean isCovered(String path) throws UnreadableException {
        if (path.startsWith("checkpoints/")) {
            String size = path.substring("checkpoints/".length());
            return size.matches("[1-9][0-9]{0,18}")
                    && size.length() < 19
                    && Long.parseLong(size) <= head.size();
        }
        return OURS.contains(path) || blobs.checkStray(path);
    }

    private void checkTile(String path) throws UnreadableException {
        TilePath tile;
        try {
            tile = TilePath.parse(path);
        } catch (IllegalArgumentException e) {
            tally.notChecked(e.getMessage() == null ? path : e.getMessage());
            return;
        }
        long end = tile.index() * TileHash.WIDTH + tile.width();
        if (end > TilePath.hashes(tile.level(), head.size())) {
            tally.notChecked(path + " reaches beyond the checkpoint");
            return;
        }
        TilePath today = TilePath.inTree(tile.level(), tile.index(), head.size());
        if (today.equals(tile)) {
            return; // the other steps checked it
        }
        byte[] part = files.read(path, BYTES_MAX);
        byte[] whole = FullTile.read(files, today, BYTES_MAX);
        boolean begins =
                part != null
                        && whole != null
                        && Arrays.equals(part, FullTile.beginning(tile, whole));
        if (begins) {
            tally.pass(1);
        } else {
            tally.fail(path + " is not the beginning of " + today.path());
        }
    }
}
