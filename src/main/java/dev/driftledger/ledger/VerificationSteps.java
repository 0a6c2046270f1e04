package dev.driftledger.ledger;

import dev.driftledger.ledger.VerificationReport.Step;
import java.util.List;
import java.util.stream.Stream;

/// The tallies of all steps that look at the whole log.
final class VerificationSteps {
    final Tally entries = new Tally("entries", "entry", "entries");
    final Tally tiles = new Tally("tiles", "tile", "tiles");
    final Tally root = new Tally("root", "root", "roots");
    final Tally checkpoints = new Tally("stored checkpoints", "checkpoint", "checkpoints");
    final Tally format = new Tally("entry format", "entry", "entries");
    final Tally sequence = new Tally("source sequence", "entry", "entries");
    final Tally times = new Tally("recorded times", "entry", "entries");
    final Tally silence = new Tally("silence", "entry", "entries");
    final Tally blobs = new Tally("blobs", "blob", "blobs");
    final Tally proofs = new Tally("proofs", "proof", "proofs");
    final Tally files = new Tally("other files", "file", "files");

    /// Says of the steps that read entries that they were left out.
    void leaveOutContent() {
        for (Tally tally : List.of(format, sequence, times, silence, blobs)) {
            tally.notChecked("only hashes were asked for");
        }
    }

    List<Step> steps() {
        return Stream.of(
                        entries,
                        tiles,
                        root,
                        checkpoints,
                        format,
                        sequence,
                        times,
                        silence,
                        blobs,
                        proofs,
                        files)
                .map(Tally::step)
                .toList();
    }
}
