package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.security.MessageDigest;

/// The hashes of the tree (RFC 6962 section 2.1): leaf `SHA-256(0x00 ‖ entry)`, node
/// `SHA-256(0x01 ‖ left ‖ right)`.
public final class Hashing {
    /// The root of the tree without entries: SHA-256 of nothing.
    public static final Digest EMPTY_ROOT = Digest.of(new byte[0]);

    private Hashing() {}

    /// The hash of an entry's bytes.
    public static Digest leaf(byte[] entry) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 0);
        return Digest.ofBytes(sha256.digest(entry));
    }

    /// The hash of an inner node.
    public static Digest node(Digest left, Digest right) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 1);
        sha256.update(left.bytes());
        return Digest.ofBytes(sha256.digest(right.bytes()));
    }
}
