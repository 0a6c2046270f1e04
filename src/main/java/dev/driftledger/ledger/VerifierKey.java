package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// A public Ed25519 key with its name, as C2SP signed-note writes it: `name+id+base64`.
public final class VerifierKey {
    static final byte ED25519 = 1;
    static final int KEY_BYTES = 32;

    /// What precedes the 32 bytes in a SubjectPublicKeyInfo (RFC 8410).
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] raw;
    private final int id;

    VerifierKey(String name, byte[] raw) {
        this.name = NoteText.checkKeyName(name);
        this.raw = raw.clone();
        this.id = id(name, raw);
    }

    private static int id(String name, byte[] raw) {
        byte[] label = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] input = Arrays.copyOf(label, label.length + 1 + raw.length);
        input[label.length] = ED25519;
        System.arraycopy(raw, 0, input, label.length + 1, raw.length);
        byte[] hash = Digest.of(input).bytes();
        return NoteText.readInt(hash);
    }

    /// Reads `name+id+base64(0x01 ‖ key)`.
    ///
    /// @throws IllegalArgumentException when it is anything else, or the id is not the key's
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "verifier key must be name+id+base64, has " + parts.length + " of these parts");
        }
        VerifierKey key = new VerifierKey(parts[0], keyBytes("verifier key", parts[2]));
        if (!key.idHex().equals(parts[1])) {
            throw new IllegalArgumentException(
                    "verifier key says id " + parts[1] + ", its bytes have " + key.idHex());
        }
        return key;
    }

    /// The 32 bytes of a key after the algorithm's byte.
    static byte[] keyBytes(String what, String base64) {
        byte[] bytes = NoteText.decode(what, base64);
        if (bytes.length != KEY_BYTES + 1 || bytes[0] != ED25519) {
            throw new IllegalArgumentException(
                    what + " must hold 0x01 and 32 bytes (Ed25519), has " + bytes.length);
        }
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    /// Such as `example.com/log`, the origin of the log.
    public String name() {
        return name;
    }

    /// The first four bytes of `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)`.
    public int id() {
        return id;
    }

    /// [#id()] as eight hex digits.
    public String idHex() {
        return HexFormat.of().toHexDigits(id);
    }

    /// What [#parse(String)] reads.
    public String encode() {
        return name + "+" + idHex() + "+" + encodeKey(raw);
    }

    static String encodeKey(byte[] raw) {
        byte[] bytes = new byte[1 + raw.length];
        bytes[0] = ED25519;
        System.arraycopy(raw, 0, bytes, 1, raw.length);
        return NoteText.encode(bytes);
    }

    /// Whether the signature is this key's for that message.
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey());
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // no point of the curve, or a signature of the wrong shape
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + raw.length);
        System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, raw.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VerifierKey other
                && name.equals(other.name)
                && Arrays.equals(raw, other.raw);
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return encode();
    }
}
