package dev.driftledger.cli;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.LogFiles;
import dev.driftledger.ledger.LogFiles.UnreadableException;
import dev.driftledger.ledger.Tile;
import dev.driftledger.ledger.TileHash;
import dev.driftledger.ledger.TilePath;
import dev.driftledger.model.Digest;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The entries of a log's files, those that were verified, one bundle in memory at a time. It
/// proves nothing: verify the files first.
final class LogWalker implements Iterable<Entry> {
    private static final int BUNDLE_MAX_BYTES = TileHash.WIDTH * (Entry.SIZE_MAX_BYTES + 2);
    private static final int BLOB_MAX_BYTES = 64 * 1024 * 1024;

    private final LogFiles files;
    private final long size;

    /// @param size how many entries were verified
    LogWalker(LogFiles files, long size) {
        this.files = files;
        this.size = size;
    }

    /// Content by its digest; null when the files do not have it, or have something else there.
    byte @Nullable [] blob(Digest digest) {
        String hex = digest.hex();
        byte[] bytes = read("blobs/sha256/" + hex.substring(0, 2) + "/" + hex, BLOB_MAX_BYTES);
        return bytes != null && Digest.of(bytes).equals(digest) ? bytes : null;
    }

    @Override
    public Iterator<Entry> iterator() {
        return new Iterator<>() {
            private long index;
            private List<byte[]> bundle = List.of();

            @Override
            public boolean hasNext() {
                return index < size;
            }

            @Override
            public Entry next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the log has " + size + " entries");
                }
                int within = (int) (index % TileHash.WIDTH);
                if (within == 0) {
                    bundle = bundle(index / TileHash.WIDTH);
                }
                index++;
                return Entry.parse(bundle.get(within));
            }
        };
    }

    private List<byte[]> bundle(long number) {
        TilePath path = TilePath.inTree(TilePath.ENTRIES, number, size);
        byte[] bytes = read(path.path(), BUNDLE_MAX_BYTES);
        if (bytes == null && path.partial()) {
            bytes = read(path.full().path(), BUNDLE_MAX_BYTES);
        }
        if (bytes == null) {
            throw new IllegalArgumentException(path.path() + " is not there");
        }
        return Tile.decodeEntries(bytes);
    }

    private byte @Nullable [] read(String path, int sizeMaxBytes) {
        try {
            return files.read(path, sizeMaxBytes);
        } catch (UnreadableException e) {
            throw new UncheckedIOException(new java.io.IOException(e.getMessage(), e));
        }
    }
}
