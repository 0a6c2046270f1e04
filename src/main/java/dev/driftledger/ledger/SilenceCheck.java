package dev.driftledger.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.driftledger.model.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rule that makes silence mean something: a time without entries that is longer than the
/// `scope` in force allows must be covered by `gap` entries recorded after it.
///
/// A gap covers `body.from` to `body.to`, but nothing after its own recording. What it leaves of a
/// silence is fine when no piece is longer than what is allowed. The time after the last entry is
/// not judged here.
final class SilenceCheck {
    /// Bounds memory while a log of anybody's is read; so many silences in a row fail anyway.
    private static final int PENDING_MAX = 10_000;

    private final Tally tally;
    private @Nullable Duration allowed;
    private @Nullable Instant last;
    private List<Silence> pending = new ArrayList<>();
    private boolean declared;

    SilenceCheck(Tally tally) {
        this.tally = tally;
    }

    /// A piece of silence that is too long.
    private record Silence(Instant from, Instant to, Duration allowed) {
        boolean tooLong() {
            return Duration.between(from, to).compareTo(allowed) > 0;
        }
    }

    void add(Bundle.Read read) {
        Instant time = read.entry().recordedAt();
        if (last != null && allowed != null && pending.size() < PENDING_MAX) {
            Silence silence = new Silence(last, time, allowed);
            if (silence.tooLong()) {
                pending.add(silence);
            }
        }
        last = last == null || time.isAfter(last) ? time : last;
        switch (read.entry().type()) {
            case SCOPE -> scope(read);
            case GAP -> gap(read);
            default -> {}
        }
        tally.pass(1);
    }

    private void scope(Bundle.Read read) {
        JsonNode seconds = body(read.entry()).path("silenceSeconds");
        if (seconds.isIntegralNumber() && seconds.canConvertToInt() && seconds.intValue() > 0) {
            allowed = Duration.ofSeconds(seconds.intValue());
            declared = true;
        } else {
            tally.fail("entry " + read.index() + " (scope) has no whole body.silenceSeconds > 0");
        }
    }

    private void gap(Bundle.Read read) {
        JsonNode body = body(read.entry());
        try {
            Instant from = Rfc3339.parse(body.path("from").asText());
            Instant to = Rfc3339.parse(body.path("to").asText());
            Instant recordedAt = read.entry().recordedAt();
            cover(from, to.isAfter(recordedAt) ? recordedAt : to);
        } catch (IllegalArgumentException e) {
            tally.fail("entry " + read.index() + " (gap) has no body.from and body.to");
        }
    }

    private void cover(Instant from, Instant to) {
        List<Silence> left = new ArrayList<>();
        for (Silence silence : pending) {
            boolean apart = !from.isBefore(silence.to) || !to.isAfter(silence.from);
            if (apart) {
                left.add(silence);
                continue;
            }
            Silence before = new Silence(silence.from, from, silence.allowed);
            Silence after = new Silence(to, silence.to, silence.allowed);
            if (before.tooLong()) {
                left.add(before);
            }
            if (after.tooLong()) {
                left.add(after);
            }
        }
        pending = left;
    }

    private static JsonNode body(EntryFacts entry) {
        return entry.body() == null ? MissingNode.getInstance() : entry.body();
    }

    void finish() {
        for (Silence silence : pending) {
            tally.fail(
                    "unexplained silence from "
                            + Rfc3339.format(silence.from)
                            + " to "
                            + Rfc3339.format(silence.to)
                            + ", allowed are "
                            + silence.allowed.toSeconds()
                            + " s");
        }
        if (!declared) {
            tally.notChecked("no scope entry says how long silence may last");
        }
    }
}
