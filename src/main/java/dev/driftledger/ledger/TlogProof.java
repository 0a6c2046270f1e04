package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// A proof for one entry that needs nothing else but the log's key (C2SP tlog-proof): the path to
/// the root, and the checkpoint that signs the root. The optional `extra` line is not read.
///
/// @param index of the entry
/// @param path hashes from the leaf's sibling up to the root's child
/// @param checkpoint the signed note
public record TlogProof(long index, List<Digest> path, Note checkpoint) {
    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final String INDEX = "index ";
    private static final int PATH_MAX = 63;

    public TlogProof {
        path = List.copyOf(path);
    }

    /// The file, customarily `<index>.tlog-proof`.
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(NoteText.encode(hash.bytes())).append('\n'));
        text.append('\n');
        text.append(new String(checkpoint.bytes(), StandardCharsets.UTF_8));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Reads what [#bytes()] wrote.
    ///
    /// @throws IllegalArgumentException naming the line that is wrong
    public static TlogProof parse(byte[] bytes) {
        if (bytes.length > 2 * Note.SIZE_MAX_BYTES) {
            throw new IllegalArgumentException("proof has " + bytes.length + " bytes");
        }
        String text = NoteText.utf8("proof", bytes);
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new IllegalArgumentException("proof has no blank line before its checkpoint");
        }
        List<String> head = Arrays.asList(text.substring(0, blank).split("\n", -1));
        boolean shaped = head.size() >= 2 && head.getFirst().equals(FIRST_LINE);
        if (!shaped || !head.get(1).startsWith(INDEX) || head.size() > 2 + PATH_MAX) {
            throw new IllegalArgumentException(
                    "proof must begin with '" + FIRST_LINE + "', then 'index <n>'");
        }
        long index = NoteText.decimal("proof index", head.get(1).substring(INDEX.length()));
        List<Digest> path = new ArrayList<>();
        for (String line : head.subList(2, head.size())) {
            path.add(Digest.ofBytes(NoteText.decode("proof hash", line)));
        }
        byte[] note = text.substring(blank + 2).getBytes(StandardCharsets.UTF_8);
        return new TlogProof(index, path, Note.parse(note));
    }

    /// Checks all of it.
    ///
    /// @param entry the entry's bytes
    /// @param known keys that are trusted to sign for this log
    /// @return the checkpoint that the entry is part of
    /// @throws RefutedException when a signature or the path does not hold
    public Checkpoint verify(byte[] entry, Collection<VerifierKey> known) throws RefutedException {
        checkpoint.verify(known);
        Checkpoint signed = Checkpoint.parse(checkpoint.text());
        if (index >= signed.size()) {
            throw new RefutedException(
                    "entry index " + index + " is beyond the checkpoint's size " + signed.size());
        }
        new InclusionProof(index, signed.size(), path).verify(Hashing.leaf(entry), signed.root());
        return signed;
    }
}
