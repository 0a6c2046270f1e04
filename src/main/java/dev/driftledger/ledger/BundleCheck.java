package dev.driftledger.ledger;

import dev.driftledger.ledger.LogFiles.UnreadableException;
import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Checks one bundle after the other on its own: its entries against the tile of leaf hashes, their
/// form, the blobs that they name, and the signatures of the checkpoints stored for its sizes.
/// Several threads may use it.
final class BundleCheck {
    private static final int BUNDLE_MAX_BYTES = TileHash.WIDTH * (Entry.SIZE_MAX_BYTES + 2);
    private static final int TILE_BYTES = TileHash.WIDTH * Digest.SIZE_BYTES;

    private final LogFiles files;
    private final Checkpoint head;
    private final Keyring keys;
    private final SortedSet<Long> checkpointSizes;
    private final VerificationSteps steps;
    private final BlobCheck blobs;
    private final Verification.Extent extent;
    private final ThreadLocal<TreeHasher> hasher = ThreadLocal.withInitial(TreeHasher::new);

    BundleCheck(
            LogFiles files,
            Checkpoint head,
            Keyring keys,
            SortedSet<Long> checkpointSizes,
            BlobCheck blobs,
            VerificationSteps steps,
            Verification.Extent extent) {
        this.files = files;
        this.head = head;
        this.keys = keys;
        this.checkpointSizes = checkpointSizes;
        this.steps = steps;
        this.extent = extent;
        this.blobs = blobs;
    }

    Bundle check(long index) throws UnreadableException {
        TilePath bundlePath = TilePath.inTree(TilePath.ENTRIES, index, head.size());
        TilePath tilePath = TilePath.inTree(0, index, head.size());
        byte[] bundle = FullTile.read(files, bundlePath, BUNDLE_MAX_BYTES);
        byte[] tile = FullTile.read(files, tilePath, TILE_BYTES);
        List<Span> spans = bundle == null ? null : spans(bundlePath, bundle);
        if (bundle == null) {
            steps.entries.fail(bundlePath.path() + " is missing");
        }
        byte[] leaves = spans == null || bundle == null ? tile : leafHashes(bundle, spans);
        checkTile(tilePath, tile, spans == null ? null : leaves);
        List<Bundle.Read> entries = List.of();
        if (extent == Verification.Extent.ALL && spans != null && bundle != null) {
            entries = readEntries(index, bundle, spans);
        }
        int bytes = tilePath.width() * Digest.SIZE_BYTES;
        if (leaves == null || leaves.length != bytes) {
            return new Bundle(index, entries, null, List.of());
        }
        return new Bundle(index, entries, frontier(leaves), checkpoints(tilePath, leaves));
    }

    /// Where an entry lies in its bundle.
    private record Span(int offset, int length) {}

    private @Nullable List<Span> spans(TilePath path, byte[] bundle) {
        List<Span> spans = new ArrayList<>(path.width());
        int at = 0;
        while (at + 2 <= bundle.length && spans.size() < path.width()) {
            int length = (bundle[at] & 0xFF) << 8 | (bundle[at + 1] & 0xFF);
            spans.add(new Span(at + 2, length));
            at += 2 + length;
        }
        if (at != bundle.length || spans.size() != path.width()) {
            steps.entries.fail(path.path() + " does not consist of " + path.width() + " entries");
            return null;
        }
        return spans;
    }

    private byte[] leafHashes(byte[] bundle, List<Span> spans) {
        byte[] hashes = new byte[spans.size() * Digest.SIZE_BYTES];
        TreeHasher mine = hasher.get();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            mine.leaf(bundle, span.offset, span.length, hashes, i * Digest.SIZE_BYTES);
        }
        return hashes;
    }

    private void checkTile(TilePath path, byte @Nullable [] tile, byte @Nullable [] leaves) {
        if (tile == null) {
            steps.tiles.fail(path.path() + " is missing");
        } else if (leaves == null) {
            steps.tiles.notChecked(path.path() + " has no readable bundle");
        } else if (Arrays.equals(tile, leaves)) {
            steps.tiles.pass(1);
            steps.entries.pass(path.width());
        } else {
            int at = Math.max(0, Arrays.mismatch(tile, leaves)) / Digest.SIZE_BYTES;
            long entry = path.index() * TileHash.WIDTH + at;
            steps.entries.fail("entry " + entry + " does not hash to what " + path.path() + " has");
        }
    }

    private List<Bundle.Read> readEntries(long index, byte[] bundle, List<Span> spans)
            throws UnreadableException {
        List<Bundle.Read> entries = new ArrayList<>(spans.size());
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            long at = index * TileHash.WIDTH + i;
            try {
                EntryFacts entry = facts(bundle, span);
                Digest sha256 = hasher.get().plain(bundle, span.offset, span.length);
                entries.add(new Bundle.Read(at, entry, sha256));
                blobs.check(at, entry.digests());
            } catch (IllegalArgumentException e) {
                steps.format.fail("entry " + at + ": " + e.getMessage());
            }
        }
        steps.format.pass(entries.size());
        return entries;
    }

    private static EntryFacts facts(byte[] bundle, Span span) {
        EntryFacts facts = EntryScan.scan(bundle, span.offset, span.length);
        if (facts != null) {
            return facts;
        }
        int end = span.offset + span.length;
        return EntryFacts.of(Entry.parse(Arrays.copyOfRange(bundle, span.offset, end)));
    }

    private Frontier frontier(byte[] leaves) {
        int count = leaves.length / Digest.SIZE_BYTES;
        if (count < TileHash.WIDTH) {
            return Bundle.frontier(leaves, count);
        }
        return new Frontier(count, List.of(hasher.get().subtreeRoot(leaves)));
    }

    private List<Bundle.StoredCheckpoint> checkpoints(TilePath tile, byte[] leaves)
            throws UnreadableException {
        long before = tile.index() * TileHash.WIDTH;
        List<Bundle.StoredCheckpoint> stored = new ArrayList<>();
        for (long size : checkpointSizes.subSet(before + 1, before + tile.width() + 1)) {
            Checkpoint checkpoint = storedCheckpoint(size);
            if (checkpoint != null) {
                Frontier frontier = Bundle.frontier(leaves, Math.toIntExact(size - before));
                stored.add(new Bundle.StoredCheckpoint(checkpoint, frontier));
            }
        }
        return stored;
    }

    private @Nullable Checkpoint storedCheckpoint(long size) throws UnreadableException {
        String path = "checkpoints/" + size;
        byte[] note = files.read(path, Note.SIZE_MAX_BYTES);
        if (note == null) {
            steps.checkpoints.fail(path + " is missing");
            return null;
        }
        try {
            Checkpoint checkpoint = keys.open(note);
            if (checkpoint.size() == size && checkpoint.origin().equals(head.origin())) {
                return checkpoint;
            }
            steps.checkpoints.fail(
                    path + " is of size " + checkpoint.size() + " of log " + checkpoint.origin());
        } catch (IllegalArgumentException | RefutedException e) {
            steps.checkpoints.fail(path + ": " + e.getMessage());
        }
        return null;
    }
}
