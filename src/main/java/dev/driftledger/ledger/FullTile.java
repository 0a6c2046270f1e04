package dev.driftledger.ledger;

import dev.driftledger.ledger.LogFiles.UnreadableException;
import dev.driftledger.model.Digest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads a tile, or its beginning out of the full one: a log may drop a partial tile once it has
/// grown full, also while it is being copied.
final class FullTile {
    private FullTile() {}

    /// The bytes of a tile or bundle with just the wanted width; null when there are none.
    static byte @Nullable [] read(LogFiles files, TilePath path, int sizeMaxBytes)
            throws UnreadableException {
        byte[] bytes = files.read(path.path(), sizeMaxBytes);
        if (bytes != null || !path.partial()) {
            return bytes;
        }
        byte[] full = files.read(path.full().path(), sizeMaxBytes);
        return full == null ? null : beginning(path, full);
    }

    /// The first part of a wider tile or bundle; all of it when it is no wider.
    static byte[] beginning(TilePath path, byte[] wider) {
        int end = 0;
        if (path.level() == TilePath.ENTRIES) {
            for (int i = 0; i < path.width() && end + 2 <= wider.length; i++) {
                end += 2 + ((wider[end] & 0xFF) << 8 | (wider[end + 1] & 0xFF));
            }
        } else {
            end = path.width() * Digest.SIZE_BYTES;
        }
        return end < wider.length ? Arrays.copyOf(wider, end) : wider;
    }
}
