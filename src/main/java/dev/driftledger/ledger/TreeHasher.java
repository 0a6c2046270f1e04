package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/// Hashes many leaves and nodes without making objects. Not thread-safe; one per thread.
final class TreeHasher {
    private static final int HASH = Digest.SIZE_BYTES;

    private final MessageDigest sha256 = Digest.sha256();
    private final byte[] level = new byte[TileHash.WIDTH * HASH];

    /// Writes the leaf hash of an entry into `out` at `at`.
    void leaf(byte[] data, int offset, int length, byte[] out, int at) {
        sha256.update((byte) 0);
        sha256.update(data, offset, length);
        finish(out, at);
    }

    /// Plain SHA-256 of part of an array.
    Digest plain(byte[] data, int offset, int length) {
        sha256.update(data, offset, length);
        return Digest.ofBytes(sha256.digest());
    }

    /// The root over 256 hashes that lie one after the other.
    Digest subtreeRoot(byte[] hashes) {
        if (hashes.length != level.length) {
            throw new IllegalArgumentException("subtree has " + hashes.length + " bytes");
        }
        System.arraycopy(hashes, 0, level, 0, level.length);
        for (int width = TileHash.WIDTH; width > 1; width /= 2) {
            for (int pair = 0; pair < width / 2; pair++) {
                sha256.update((byte) 1);
                sha256.update(level, pair * 2 * HASH, 2 * HASH);
                finish(level, pair * HASH);
            }
        }
        return Digest.ofBytes(Arrays.copyOf(level, HASH));
    }

    private void finish(byte[] out, int at) {
        try {
            sha256.digest(out, at, HASH);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for a hash at byte " + at, e);
        }
    }
}
