package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of tiles and of entry bundles (C2SP tlog-tiles).
public final class Tile {
    private static final int LENGTH_BYTES = 2;

    private Tile() {}

    /// A tile: its hashes, one after the other.
    public static byte[] encodeHashes(List<Digest> hashes) {
        byte[] bytes = new byte[hashes.size() * Digest.SIZE_BYTES];
        int at = 0;
        for (Digest hash : hashes) {
            System.arraycopy(hash.bytes(), 0, bytes, at, Digest.SIZE_BYTES);
            at += Digest.SIZE_BYTES;
        }
        return bytes;
    }

    /// The hashes of a tile.
    ///
    /// @throws IllegalArgumentException when the bytes are not a whole number of hashes, 1 to 256
    public static List<Digest> decodeHashes(byte[] bytes) {
        int count = bytes.length / Digest.SIZE_BYTES;
        if (bytes.length % Digest.SIZE_BYTES != 0 || count == 0 || count > TileHash.WIDTH) {
            throw new IllegalArgumentException(
                    "tile has " + bytes.length + " bytes, want 1 to 256 times 32");
        }
        List<Digest> hashes = new ArrayList<>(count);
        for (int at = 0; at < bytes.length; at += Digest.SIZE_BYTES) {
            hashes.add(Digest.ofBytes(Arrays.copyOfRange(bytes, at, at + Digest.SIZE_BYTES)));
        }
        return hashes;
    }

    /// A bundle: each entry after its length in 16 bits, high byte first.
    ///
    /// @throws IllegalArgumentException when an entry has not 1 to 65 535 bytes
    public static byte[] encodeEntries(List<byte[]> entries) {
        int size = 0;
        for (byte[] entry : entries) {
            if (entry.length == 0 || entry.length > Entry.SIZE_MAX_BYTES) {
                throw new IllegalArgumentException(
                        "entry has " + entry.length + " bytes, want 1 to " + Entry.SIZE_MAX_BYTES);
            }
            size += LENGTH_BYTES + entry.length;
        }
        byte[] bytes = new byte[size];
        int at = 0;
        for (byte[] entry : entries) {
            bytes[at] = (byte) (entry.length >>> 8);
            bytes[at + 1] = (byte) entry.length;
            System.arraycopy(entry, 0, bytes, at + LENGTH_BYTES, entry.length);
            at += LENGTH_BYTES + entry.length;
        }
        return bytes;
    }

    /// The entries of a bundle.
    ///
    /// @throws IllegalArgumentException when a length leads beyond the end, or there are not 1 to
    ///     256 entries
    public static List<byte[]> decodeEntries(byte[] bytes) {
        List<byte[]> entries = new ArrayList<>();
        int at = 0;
        while (at < bytes.length && entries.size() < TileHash.WIDTH) {
            int begin = at + LENGTH_BYTES;
            int end = begin > bytes.length ? begin : begin + length(bytes, at);
            if (end > bytes.length) {
                throw new IllegalArgumentException(
                        "entry "
                                + entries.size()
                                + " of the bundle ends at byte "
                                + end
                                + ", the bundle at "
                                + bytes.length);
            }
            entries.add(Arrays.copyOfRange(bytes, begin, end));
            at = end;
        }
        if (at != bytes.length || entries.isEmpty()) {
            throw new IllegalArgumentException(
                    "bundle of " + bytes.length + " bytes has not 1 to 256 entries");
        }
        return entries;
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }
}
