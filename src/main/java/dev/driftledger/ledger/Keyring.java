package dev.driftledger.ledger;

import java.util.List;

/// The keys that may sign one log's checkpoints.
record Keyring(List<VerifierKey> keys) {
    Keyring {
        keys = List.copyOf(keys);
    }

    /// Reads a checkpoint whose signatures hold.
    ///
    /// @throws IllegalArgumentException when the bytes are no signed checkpoint
    /// @throws RefutedException when no key signed it, a signature fails, or the key that signed it
    ///     is another log's
    Checkpoint open(byte[] note) throws RefutedException {
        Note parsed = Note.parse(note);
        List<VerifierKey> signers = parsed.verify(keys);
        Checkpoint checkpoint = Checkpoint.parse(parsed.text());
        for (VerifierKey signer : signers) {
            if (signer.name().equals(checkpoint.origin())) {
                return checkpoint;
            }
        }
        throw new RefutedException(
                "checkpoint is of log " + checkpoint.origin() + ", signed by " + signers);
    }
}
