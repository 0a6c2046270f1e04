package dev.driftledger.ledger;

import java.util.Arrays;

/// One signature line of a note: `— <key name> <base64(id ‖ signature)>`.
public final class NoteSignature {
    private static final String DASH = "\u2014 ";
    private static final int ID_BYTES = 4;

    private final String keyName;
    private final int keyId;
    private final byte[] signature;

    NoteSignature(String keyName, int keyId, byte[] signature) {
        this.keyName = keyName;
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    static NoteSignature parse(String line) {
        String[] parts = line.startsWith(DASH) ? line.substring(2).split(" ", -1) : new String[0];
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "signature line must be '\u2014 name base64', got '" + line + "'");
        }
        byte[] blob = NoteText.decode("signature", parts[1]);
        if (blob.length <= ID_BYTES) {
            throw new IllegalArgumentException("signature has " + blob.length + " bytes, want > 4");
        }
        return new NoteSignature(
                NoteText.checkKeyName(parts[0]),
                NoteText.readInt(blob),
                Arrays.copyOfRange(blob, ID_BYTES, blob.length));
    }

    /// The name that the line says; not to be trusted before the signature was verified.
    public String keyName() {
        return keyName;
    }

    /// The key's id that the line says.
    public int keyId() {
        return keyId;
    }

    /// The bytes after the id.
    public byte[] signature() {
        return signature.clone();
    }

    String line() {
        byte[] blob = new byte[ID_BYTES + signature.length];
        for (int i = 0; i < ID_BYTES; i++) {
            blob[i] = (byte) (keyId >>> (8 * (ID_BYTES - 1 - i)));
        }
        System.arraycopy(signature, 0, blob, ID_BYTES, signature.length);
        return DASH + keyName + " " + NoteText.encode(blob) + "\n";
    }
}
