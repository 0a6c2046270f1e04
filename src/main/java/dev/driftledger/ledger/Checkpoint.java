package dev.driftledger.ledger;

import dev.driftledger.model.Digest;

/// What a log commits to: its name, size and root (C2SP tlog-checkpoint, without extension lines).
///
/// @param origin the log's name and that of its key, such as `evidence.example.com/cluster-a`:
///     no spaces, no `+`
/// @param size number of entries
/// @param root of the tree over them
public record Checkpoint(String origin, long size, Digest root) {
    public Checkpoint {
        NoteText.checkKeyName(origin);
        if (size < 0) {
            throw new IllegalArgumentException("checkpoint has size " + size);
        }
    }

    /// The text that is signed: three lines.
    public String text() {
        return origin + "\n" + size + "\n" + NoteText.encode(root.bytes()) + "\n";
    }

    /// Reads what [#text()] wrote, and nothing else.
    ///
    /// @throws IllegalArgumentException naming the line that is wrong
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw new IllegalArgumentException(
                    "checkpoint must have three lines, has " + (lines.length - 1));
        }
        long size = NoteText.decimal("checkpoint size", lines[1]);
        byte[] root = NoteText.decode("checkpoint root", lines[2]);
        return new Checkpoint(lines[0], size, Digest.ofBytes(root));
    }
}
