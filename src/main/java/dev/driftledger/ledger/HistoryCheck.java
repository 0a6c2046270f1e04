package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Checks what entries say about their neighbours: each source's sequence is whole, recorded times
/// never fall, and no silence is unexplained. Entries come in the order of the log.
final class HistoryCheck {
    /// Bounds memory while a log of anybody's is read; ours has a few.
    private static final int SOURCES_MAX = 10_000;

    private final VerificationSteps steps;
    private final SilenceCheck silence;
    private final Map<String, Last> sources = new HashMap<>();
    private @Nullable Instant lastRecordedAt;

    HistoryCheck(VerificationSteps steps) {
        this.steps = steps;
        this.silence = new SilenceCheck(steps.silence);
    }

    /// The newest entry of a source.
    private record Last(long seq, Digest sha256) {}

    void add(Bundle.Read read) {
        checkSequence(read);
        checkTime(read);
        silence.add(read);
    }

    private void checkSequence(Bundle.Read read) {
        EntryFacts entry = read.entry();
        String source = entry.source();
        Last last = sources.get(source);
        long want = last == null ? 0 : last.seq + 1;
        if (last == null && sources.size() >= SOURCES_MAX) {
            steps.sequence.notChecked("entry " + read.index() + " is of one source too many");
            return;
        }
        sources.put(source, new Last(entry.seq(), read.sha256()));
        if (entry.seq() != want) {
            steps.sequence.fail(
                    "entry "
                            + read.index()
                            + " has seq "
                            + entry.seq()
                            + " of source "
                            + source
                            + ", want "
                            + want);
        } else if (!Objects.equals(last == null ? null : last.sha256, entry.prev())) {
            steps.sequence.fail(
                    "entry "
                            + read.index()
                            + " does not follow the entry "
                            + (want - 1)
                            + " of source "
                            + source);
        } else {
            steps.sequence.pass(1);
        }
    }

    private void checkTime(Bundle.Read read) {
        Instant time = read.entry().recordedAt();
        if (lastRecordedAt != null && time.isBefore(lastRecordedAt)) {
            steps.times.fail(
                    "entry "
                            + read.index()
                            + " was recorded at "
                            + time
                            + ", before the previous"
                            + " one ("
                            + lastRecordedAt
                            + ")");
            return;
        }
        lastRecordedAt = time;
        steps.times.pass(1);
    }

    void finish() {
        silence.finish();
    }
}
