package dev.driftledger.cluster;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// Sixteen bytes that change when something worth an observation changes.
///
/// @param high the first eight bytes
/// @param low the last eight bytes
record Fingerprint16(long high, long low) {
    /// Of nothing; no real fingerprint equals it but by a chance of one in 2^128.
    static final Fingerprint16 ZERO = new Fingerprint16(0, 0);

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// The first sixteen of at least sixteen bytes.
    static Fingerprint16 of(byte[] bytes) {
        return new Fingerprint16((long) LONG.get(bytes, 0), (long) LONG.get(bytes, 8));
    }

    /// Reads 32 hex digits; anything else, which an older version may have written, is [#ZERO], so
    /// that the object is observed again.
    static Fingerprint16 ofHex(String hex) {
        if (!hex.matches("[0-9a-f]{32}")) {
            return ZERO;
        }
        return of(HexFormat.of().parseHex(hex));
    }

    /// 32 lower-case hex digits.
    String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
