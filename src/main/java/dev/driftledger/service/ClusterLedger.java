package dev.driftledger.service;

import dev.driftledger.intake.Received;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.recorder.RecorderState;
import dev.driftledger.store.AppendOutcome;
import dev.driftledger.store.Batch;
import dev.driftledger.store.StoredLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Writes the log of one cluster, for as long as its partition is ours: takes records, has them
/// decided, stores the batch, and starts over from what is stored whenever that did not work.
final class ClusterLedger {
    private static final Logger LOG = Logger.getLogger(ClusterLedger.class);
    private static final long PAUSE_MIN_MILLIS = 100;
    private static final long PAUSE_MAX_MILLIS = 5_000;

    private final ClusterRef cluster;
    private final LogStorage storage;
    private final Limits limits;
    private final BlobCache cache;
    private final LedgerListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean ours = true;
    private volatile @Nullable String stopped;
    private @Nullable LogHead head;
    private long storedOffset = -1;

    /// How much is done at once and kept at hand.
    record Limits(int batchCount, long batchBytes, long cacheBytes) {}

    /// Who is told how it gets on.
    interface LedgerListener {
        /// The batch is in the log, durably.
        ///
        /// @param state as it is with the batch; for reading now, not for keeping
        void stored(Batch batch, RecorderState state);

        /// Nothing is recorded any more.
        void stopped(String why);
    }

    ClusterLedger(ClusterRef cluster, LogStorage storage, Limits limits, LedgerListener listener) {
        this.cluster = cluster;
        this.storage = storage;
        this.limits = limits;
        this.cache = new BlobCache(limits.cacheBytes());
        this.listener = listener;
    }

    /// Stores what the records lead to. Waits out a database that is away; returns early, with the
    /// records not stored, only when the log is given up or recording has stopped. Never fails.
    void store(List<Received> records) {
        lock.lock();
        try {
            List<Received> rest = records;
            long pauseMillis = PAUSE_MIN_MILLIS;
            while (ours && !rest.isEmpty()) {
                try {
                    rest = storeSome(rest);
                    pauseMillis = PAUSE_MIN_MILLIS;
                } catch (StoreAwayException e) {
                    LOG.warnf(
                            "waiting for the database cluster=%s %s",
                            cluster.uid(), e.getMessage());
                    head = null;
                    pause(pauseMillis);
                    pauseMillis = Math.min(PAUSE_MAX_MILLIS, pauseMillis * 2);
                } catch (RuntimeException | StackOverflowError e) {
                    stop(e);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Asks the newest state something, loading it when necessary.
    ///
    /// @throws StoreAwayException when the database does not answer
    /// @throws IllegalStateException when recording has stopped
    <T> T ask(Function<RecorderState, T> question) {
        lock.lock();
        try {
            String why = stopped;
            if (why != null) {
                throw new IllegalStateException(why);
            }
            return question.apply(loaded().state());
        } catch (StoreRefusedException e) {
            stop(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /// Gives the log up: work under way ends soon and nothing more is stored.
    void giveUp() {
        ours = false;
    }

    private List<Received> storeSome(List<Received> records) {
        try {
            return decideAndStore(records);
        } catch (UndecidableException e) {
            LOG.errorf(e, "recording as malformed cluster=%s", cluster.uid());
            head = null;
            return withMalformed(records, e);
        }
    }

    private List<Received> decideAndStore(List<Received> records) {
        LogHead current = loaded();
        int count = Math.min(limits.batchCount(), records.size());
        Batch batch = current.decide(records.subList(0, count), this::find);
        if (batch != null) {
            AppendOutcome outcome = storage.append(batch);
            switch (outcome) {
                case AppendOutcome.Appended _ -> {
                    storedOffset = batch.newOffset();
                    batch.blobs()
                            .forEach((digest, blob) -> cache.put(digest, blob.content().bytes()));
                    listener.stored(batch, current.state());
                }
                case AppendOutcome.LostOwnership lost -> {
                    LOG.infof(
                            "another instance went ahead cluster=%s size=%d",
                            cluster.uid(), lost.size());
                    head = null;
                    return records;
                }
            }
        }
        long stored = current.intakeOffset();
        return records.stream().filter(received -> received.offset() > stored).toList();
    }

    private LogHead loaded() {
        if (head == null) {
            StoredLog stored = storage.load(cluster);
            requireNotGoneBack(stored.intakeOffset());
            RecorderState state = state(stored);
            head =
                    new LogHead(
                            state,
                            stored.frontier(),
                            stored.partition(),
                            stored.intakeOffset(),
                            limits.batchBytes());
        }
        return head;
    }

    /// What was read since then comes only once, so going on would leave it out for ever. The next
    /// start reads it again.
    private void requireNotGoneBack(long offset) {
        if (offset < storedOffset) {
            String problem =
                    "the database has the log up to intake offset "
                            + offset
                            + " but had it up to "
                            + storedOffset
                            + ": it was replaced by an older copy while this service ran";
            throw new StoreRefusedException(
                    "loading the log's head", new IllegalStateException(problem));
        }
        storedOffset = offset;
    }

    /// A row that cannot be read stops this log, not the others.
    private RecorderState state(StoredLog stored) {
        try {
            return RecorderState.of(cluster, storage.loadState(stored));
        } catch (IllegalArgumentException e) {
            throw new StoreRefusedException("reading the recorder's state", e);
        }
    }

    private byte @Nullable [] find(Digest digest) {
        byte[] bytes = cache.find(digest);
        if (bytes == null) {
            bytes = storage.blob(digest);
            if (bytes != null) {
                cache.put(digest, bytes);
            }
        }
        return bytes;
    }

    /// The record that the recorder failed on as one that nobody could deal with.
    ///
    /// @throws UndecidableException when it was that already
    private static List<Received> withMalformed(List<Received> records, UndecidableException e) {
        Received poison = e.received();
        if (poison.record() instanceof IntakeRecord.Malformed) {
            throw e;
        }
        List<Received> out = new ArrayList<>(records);
        out.set(
                out.indexOf(poison),
                poison.malformed("the rules fail on it, which is a defect of this version"));
        return out;
    }

    /// Ends recording for good, so that nothing is tried again and again that cannot succeed. What
    /// it did not take in shows as a gap once somebody mended it and started the service again.
    private void stop(Throwable e) {
        if (ours) {
            ours = false;
            String why = "recording stopped: " + e.getMessage() + "; mend it and start again";
            stopped = why;
            LOG.errorf(e, "recording stopped cluster=%s", cluster.uid());
            listener.stopped(why);
        }
        head = null;
    }

    private void pause(long millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            ours = false;
            Thread.currentThread().interrupt();
        }
    }
}
