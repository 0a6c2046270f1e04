package dev.driftledger.cli;

import dev.driftledger.cluster.RecordingSession;
import dev.driftledger.desired.RemoteRefs;
import dev.driftledger.desired.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Writes into a recording where the branches of a repository stand, and every time that they
/// move.
final class BranchRecorder implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RemoteRefs repository;
    private final Consumer<String> complaints;
    private final Thread thread;
    private final RecordingSession session;
    private SortedMap<String, String> written = new TreeMap<>();
    private String complained = "";

    /// Writes the first line at once and the others from a thread of its own.
    ///
    /// @param complaints told when it cannot be read, once for each reason
    /// @throws SourceException when it cannot be read at the start
    BranchRecorder(RemoteRefs repository, RecordingSession session, Consumer<String> complaints)
            throws SourceException {
        this.repository = repository;
        this.session = session;
        this.complaints = complaints;
        look();
        this.thread = Thread.ofVirtual().name("branches").start(this::run);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(EVERY);
                look();
                complained = "";
            } catch (InterruptedException e) {
                return;
            } catch (SourceException e) {
                complain(String.valueOf(e.getMessage()));
            }
        }
    }

    private void look() throws SourceException {
        SortedMap<String, String> refs = repository.read(PATIENCE);
        if (!refs.equals(written)) {
            session.git(Instant.now(), repository.shown(), refs);
            written = refs;
        }
    }

    private void complain(String reason) {
        if (!reason.equals(complained)) {
            complained = reason;
            complaints.accept(reason + "; its branches are taken to stand still until it can");
        }
    }
}
