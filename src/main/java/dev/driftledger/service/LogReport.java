package dev.driftledger.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.Severity;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Rfc3339;
import dev.driftledger.recorder.RecorderState;
import dev.driftledger.store.Batch;
import dev.driftledger.store.Leaf;
import dev.driftledger.web.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells health and metrics how one log of ours gets on. It decides nothing.
final class LogReport implements AutoCloseable {
    private final String cluster;
    private final String part;
    private final Watchdog watchdog;
    private final Metrics metrics;
    private final @Nullable String missing;
    private volatile boolean closed;

    /// @param missing which records the intake does not have any more; null when it has all
    LogReport(String cluster, Watchdog watchdog, Metrics metrics, @Nullable String missing) {
        this.cluster = cluster;
        this.part = Watchdog.log(cluster);
        this.watchdog = watchdog;
        this.metrics = metrics;
        this.missing = missing;
    }

    /// The batch is in the log, durably.
    void stored(Batch batch, RecorderState state) {
        watchdog.recorded(cluster);
        metrics.logEntries(cluster, batch.newSize());
        for (Severity severity : Severity.values()) {
            metrics.driftOpen(cluster, severity, state.openFindingsCount(severity));
        }
        for (Leaf leaf : batch.leaves()) {
            count(leaf.entry());
        }
        if (!batch.leaves().isEmpty()) {
            Instant observedAt = batch.leaves().getLast().entry().observedAt();
            Duration lag = Duration.between(observedAt, Instant.now());
            metrics.observationLag(cluster, lag.isNegative() ? Duration.ZERO : lag);
        }
    }

    /// All that is stored is signed.
    void signed() {
        if (!closed) {
            watchdog.up(part, "signed");
        }
    }

    /// Signing does not go on, for a while or for good.
    void notSigned(String why) {
        if (!closed) {
            watchdog.down(part, why);
        }
    }

    /// Signing waits for the recorder.
    void behind(Signing.Behind behind) {
        notSigned(words(behind));
    }

    /// How far behind the log is, and whether it can be made again.
    String words(Signing.Behind behind) {
        String lost = missing == null ? "" : ", but " + missing;
        String fix = missing == null ? "" : ": bring the newer database back, start again";
        return "behind what was signed (size "
                + behind.size()
                + " of "
                + behind.signedSize()
                + "), being made again from the intake"
                + lost
                + fix
                + "; no events go out meanwhile";
    }

    /// Recording has ended for good.
    void notRecorded(String why) {
        if (!closed) {
            watchdog.down(recording(cluster), why);
        }
    }

    /// The part of health that says that a cluster is not recorded.
    static String recording(String cluster) {
        return "recording " + cluster;
    }

    /// Events will be tried again.
    void notPublished() {
        metrics.publishFailed();
    }

    /// The log is not ours any more.
    @Override
    public void close() {
        closed = true;
        watchdog.forget(part);
        watchdog.forget(recording(cluster));
    }

    private void count(Entry entry) {
        JsonNode body = entry.body();
        if (body == null) {
            return;
        }
        if (entry.type() == EntryType.FINDING_OPENED) {
            severity(body).ifPresent(severity -> metrics.driftOpened(cluster, severity));
        } else if (entry.type() == EntryType.GAP) {
            Instant from = Rfc3339.parse(body.path("from").asText());
            Instant to = Rfc3339.parse(body.path("to").asText());
            Duration length = Duration.between(from, to);
            metrics.observationGap(cluster, body.path("cause").asText(), length);
        }
    }

    private static Optional<Severity> severity(JsonNode body) {
        String label = body.path("severity").asText();
        return Arrays.stream(Severity.values()).filter(s -> s.label().equals(label)).findFirst();
    }
}
