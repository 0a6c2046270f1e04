package dev.driftledger.cluster;

import dev.driftledger.model.Digest;
import dev.driftledger.model.Redaction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret of this edge: what redacts, and what keys fingerprints.
///
/// Both sides of a comparison must be redacted with the same key and id. The key never leaves this
/// class; nothing prints it.
public final class EdgeKey {
    private final String id;
    private final byte[] key;
    private final byte[] fingerprintKey;

    /// @param id names the key, 1 to 64 of `[0-9A-Za-z._-]`
    /// @param key at least 32 bytes
    public EdgeKey(String id, byte[] key) {
        this.id = id;
        this.key = key.clone();
        this.fingerprintKey = derived(key);
    }

    /// Redacts with this key.
    public Redaction redaction(java.util.List<String> paths) {
        return new Redaction(id, key, paths);
    }

    /// A digest under this key, for content that may hold a secret: nothing can be guessed from it.
    Digest keyed(Digest plain) {
        return Digest.ofBytes(mac(fingerprintKey).doFinal(plain.bytes()));
    }

    byte[] fingerprintKey() {
        return fingerprintKey.clone();
    }

    private static byte[] derived(byte[] key) {
        return mac(key).doFinal("driftledger object fingerprint".getBytes(StandardCharsets.UTF_8));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }
}
