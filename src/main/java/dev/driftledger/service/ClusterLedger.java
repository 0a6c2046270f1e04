package dev.driftledger.service;

import dev.driftledger.intake.IntakeCodec;
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
    private final int batchCount;
    private final BlobCache cache;
    private final StoredListener onStored;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean ours = true;
    private @Nullable LogHead head;

    /// Who is told after a batch was stored.
    interface StoredListener {
        /// The batch is in the log, durably.
        ///
        /// @param state as it is with the batch; for reading now, not for keeping
        void stored(Batch batch, RecorderState state);
    }

    ClusterLedger(
            ClusterRef cluster,
            LogStorage storage,
            int batchCount,
            long cacheBytes,
            StoredListener onStored) {
        this.cluster = cluster;
        this.storage = storage;
        this.batchCount = batchCount;
        this.cache = new BlobCache(cacheBytes);
        this.onStored = onStored;
    }

    /// Stores what the records lead to. Waits out a database that is away; returns early, with the
    /// records not stored, only when the log is given up.
    void store(List<Received> records) {
        lock.lock();
        try {
            List<Received> rest = records;
            long pauseMillis = PAUSE_MIN_MILLIS;
            while (ours && !rest.isEmpty()) {
                try {
                    rest = storeSome(rest);
                    pauseMillis = PAUSE_MIN_MILLIS;
                } catch (UndecidableException e) {
                    LOG.errorf(e, "recording as malformed cluster=%s", cluster.uid());
                    head = null;
                    rest = withMalformed(rest, e);
                } catch (StoreAwayException e) {
                    LOG.warnf(
                            "waiting for the database cluster=%s %s",
                            cluster.uid(), e.getMessage());
                    head = null;
                    pause(pauseMillis);
                    pauseMillis = Math.min(PAUSE_MAX_MILLIS, pauseMillis * 2);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Asks the newest state something, loading it when necessary.
    <T> T ask(Function<RecorderState, T> question) {
        lock.lock();
        try {
            return question.apply(loaded().state());
        } finally {
            lock.unlock();
        }
    }

    /// Gives the log up: work under way ends soon and nothing more is stored.
    void giveUp() {
        ours = false;
    }

    private List<Received> storeSome(List<Received> records) {
        LogHead current = loaded();
        int count = Math.min(batchCount, records.size());
        Batch batch = current.decide(records.subList(0, count), this::find);
        if (batch != null) {
            AppendOutcome outcome = storage.append(batch);
            switch (outcome) {
                case AppendOutcome.Appended _ -> {
                    batch.blobs()
                            .forEach((digest, blob) -> cache.put(digest, blob.content().bytes()));
                    onStored.stored(batch, current.state());
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
            RecorderState state = state(stored);
            head = new LogHead(cluster, state, stored.frontier(), stored.intakeOffset());
        }
        return head;
    }

    /// A row that cannot be read stops this log, not the others.
    private RecorderState state(StoredLog stored) {
        try {
            return RecorderState.of(cluster, storage.loadState(stored));
        } catch (IllegalArgumentException e) {
            throw new StoreAwayException("reading the recorder's state", e);
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

    private static List<Received> withMalformed(List<Received> records, UndecidableException e) {
        List<Received> out = new ArrayList<>(records);
        int at = out.indexOf(e.received());
        Received poison = e.received();
        byte[] bytes = IntakeCodec.encode(poison.record());
        Throwable cause = e.getCause();
        String problem =
                "recorder failed: " + (cause == null ? e : cause).getClass().getSimpleName();
        out.set(
                at,
                new Received(
                        poison.partition(),
                        poison.offset(),
                        poison.recordedAt(),
                        new IntakeRecord.Malformed(
                                poison.record().cluster(),
                                poison.record().observedAt(),
                                Digest.of(bytes),
                                bytes.length,
                                problem,
                                "intake/" + poison.partition() + "/" + poison.offset())));
        return out;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }
}
