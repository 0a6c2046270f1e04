package dev.driftledger.ledger;

import dev.driftledger.ledger.VerificationReport.Step;
import java.util.List;
import java.util.stream.Stream;

/// The tallies of all steps that look at the whole log.
final class VerificationSteps {
    final Tally entries = new Tally("entries", "entries");
    final Tally tiles = new Tally("tiles", "tiles");
    final Tally root = new Tally("root", "roots");
    final Tally checkpoints = new Tally("stored checkpoints", "checkpoints");
    final Tally format = new Tally("entry format", "entries");
    final Tally sequence = new Tally("source sequence", "entries");
    final Tally times = new Tally("recorded times", "entries");
    final Tally silence = new Tally("silence", "entries");
    final Tally blobs = new Tally("blobs", "blobs");
    final Tally proofs = new Tally("proofs", "proofs");
    final Tally files = new Tally("other files", "files");

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
