package dev.driftledger.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A signed text (C2SP signed-note). The text is worth nothing before [#verify(Collection)].
public final class Note {
    /// How many signature lines are read.
    public static final int SIGNATURES_MAX = 100;

    /// How many bytes a note may have: one hundred of the largest signatures in use, and its text.
    public static final int SIZE_MAX_BYTES = 1_000_000;

    private final String text;
    private final List<NoteSignature> signatures;

    private Note(String text, List<NoteSignature> signatures) {
        this.text = text;
        this.signatures = List.copyOf(signatures);
    }

    /// Signs a text with one or more keys.
    ///
    /// @param text ends in LF and has no other control characters
    public static Note sign(String text, List<SigningKey> keys) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        NoteText.utf8("note", message);
        if (!text.endsWith("\n") || keys.isEmpty()) {
            throw new IllegalArgumentException("a note needs a text that ends in LF, and a key");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (SigningKey key : keys) {
            VerifierKey half = key.verifierKey();
            signatures.add(new NoteSignature(half.name(), half.id(), key.sign(message)));
        }
        return new Note(text, signatures);
    }

    /// Reads a note.
    ///
    /// @throws IllegalArgumentException when it is none, or has more than [#SIGNATURES_MAX]
    ///     signatures or [#SIZE_MAX_BYTES] bytes
    public static Note parse(byte[] bytes) {
        if (bytes.length > SIZE_MAX_BYTES) {
            throw new IllegalArgumentException(
                    "note has " + bytes.length + " bytes, want at most " + SIZE_MAX_BYTES);
        }
        String all = NoteText.utf8("note", bytes);
        int blank = all.lastIndexOf("\n\n");
        if (blank < 0 || !all.endsWith("\n") || blank + 2 == all.length()) {
            throw new IllegalArgumentException(
                    "note must be a text, a blank line and signature lines, each ended by LF");
        }
        String[] lines = all.substring(blank + 2, all.length() - 1).split("\n", -1);
        if (lines.length > SIGNATURES_MAX) {
            throw new IllegalArgumentException(
                    "note has " + lines.length + " signatures, want at most " + SIGNATURES_MAX);
        }
        List<NoteSignature> signatures = new ArrayList<>(lines.length);
        for (String line : lines) {
            signatures.add(NoteSignature.parse(line));
        }
        return new Note(all.substring(0, blank + 1), signatures);
    }

    /// Checks the signatures of the keys that are known; those of others are ignored.
    ///
    /// @return the known keys whose signatures hold, at least one
    /// @throws RefutedException when the signature of a known key fails, or no known key signed
    public List<VerifierKey> verify(Collection<VerifierKey> known) throws RefutedException {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        List<VerifierKey> verified = new ArrayList<>();
        for (NoteSignature signature : signatures) {
            for (VerifierKey key : known) {
                if (isBy(key, signature)) {
                    if (!key.verifies(message, signature.signature())) {
                        throw new RefutedException(
                                "signature of key " + key.name() + "+" + key.idHex() + " fails");
                    }
                    verified.add(key);
                }
            }
        }
        if (verified.isEmpty()) {
            throw new RefutedException("no known key signed; known are " + List.copyOf(known));
        }
        return verified;
    }

    private static boolean isBy(VerifierKey key, NoteSignature signature) {
        return key.id() == signature.keyId() && key.name().equals(signature.keyName());
    }

    /// The signed text, ended by LF.
    public String text() {
        return text;
    }

    /// The signature lines, unverified.
    public List<NoteSignature> signatures() {
        return signatures;
    }

    /// The note as it is stored and served.
    public byte[] bytes() {
        StringBuilder all = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> all.append(signature.line()));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }
}
