package dev.driftledger.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// A private Ed25519 key with its name. It is stored as Go's `sumdb/note` writes it:
/// `PRIVATE+KEY+name+id+base64(0x01 ‖ seed)`.
public final class SigningKey {
    private static final String PREFIX = "PRIVATE+KEY+";

    /// What precedes the 32 bytes of the seed in a PKCS #8 key (RFC 8410).
    private static final byte[] PKCS8_PREFIX =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final byte[] seed;
    private final VerifierKey verifierKey;

    private SigningKey(String name, byte[] seed) {
        this.seed = seed.clone();
        this.verifierKey = new VerifierKey(name, publicBytes(seed));
    }

    /// A new key.
    ///
    /// @param name the origin of the log that it is to sign
    public static SigningKey generate(String name, SecureRandom random) {
        byte[] seed = new byte[VerifierKey.KEY_BYTES];
        random.nextBytes(seed);
        return new SigningKey(name, seed);
    }

    /// Reads what [#encode()] wrote.
    ///
    /// @throws IllegalArgumentException when it is anything else; never with the key in the message
    public static SigningKey parse(String text) {
        String[] parts = text.startsWith(PREFIX) ? text.split("\\+", 5) : new String[0];
        if (parts.length != 5) {
            throw new IllegalArgumentException(
                    "signing key must be PRIVATE+KEY+name+id+base64; it is not shown here");
        }
        SigningKey key = new SigningKey(parts[2], VerifierKey.keyBytes("signing key", parts[4]));
        if (!key.verifierKey.idHex().equals(parts[3])) {
            throw new IllegalArgumentException(
                    "signing key says id "
                            + parts[3]
                            + ", its bytes have "
                            + key.verifierKey.idHex());
        }
        return key;
    }

    /// The public half.
    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /// The secret text to store.
    public String encode() {
        return PREFIX
                + verifierKey.name()
                + "+"
                + verifierKey.idHex()
                + "+"
                + VerifierKey.encodeKey(seed);
    }

    /// The 64 bytes of a signature (RFC 8032; the same message gives the same bytes).
    public byte[] sign(byte[] message) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(privateKey());
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with Ed25519", e);
        }
    }

    private PrivateKey privateKey() throws GeneralSecurityException {
        byte[] pkcs8 = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + seed.length);
        System.arraycopy(seed, 0, pkcs8, PKCS8_PREFIX.length, seed.length);
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /// The JDK tells a public key only of a pair that it generates, so it gets the seed as the
    /// random bytes from which it generates one.
    private static byte[] publicBytes(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new SeedAsRandom(seed));
            KeyPair pair = generator.generateKeyPair();
            EdECPublicKey key = (EdECPublicKey) pair.getPublic();
            byte[] raw = new byte[VerifierKey.KEY_BYTES];
            byte[] y = key.getPoint().getY().toByteArray();
            for (int i = 0; i < Math.min(raw.length, y.length); i++) {
                raw[i] = y[y.length - 1 - i];
            }
            if (key.getPoint().isXOdd()) {
                raw[raw.length - 1] |= (byte) 0x80;
            }
            return raw;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("deriving an Ed25519 public key", e);
        }
    }

    private static final class SeedAsRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        SeedAsRandom(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("Ed25519 asked for " + bytes.length + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + verifierKey.name() + "+" + verifierKey.idHex() + "]";
    }
}
