package dev.driftledger.service;

import dev.driftledger.event.CheckpointGuard;
import dev.driftledger.event.EventPublisher;
import dev.driftledger.intake.StoredOffsets;
import dev.driftledger.ledger.SigningKey;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.recorder.RecorderState;
import dev.driftledger.store.Batch;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.LogStore;
import dev.driftledger.web.Metrics;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Opens logs for writing.
@Singleton
final class LedgerFactory {
    private final LogStorage storage;
    private final PgSignedLog.Places places;
    private final EventPublisher publisher;
    private final Keys keys;
    private final ServiceConfig config;
    private final Watchdog watchdog;
    private final Metrics metrics;

    LedgerFactory(
            LogStorage storage,
            LogStore logs,
            LogFilesStore files,
            CheckpointGuard guard,
            EventPublisher publisher,
            Keys keys,
            ServiceConfig config,
            Watchdog watchdog,
            Metrics metrics) {
        this.storage = storage;
        this.places = new PgSignedLog.Places(logs, files, guard, config.storeWaitMax());
        this.publisher = publisher;
        this.keys = keys;
        this.config = config;
        this.watchdog = watchdog;
        this.metrics = metrics;
    }

    /// See [dev.driftledger.intake.IntakeListener#storedUpTo].
    StoredOffsets storedUpTo(int partition) {
        return storage.storedUpTo(partition);
    }

    /// Takes over what a cluster is called now.
    void named(ClusterRef cluster) {
        storage.rename(cluster);
    }

    /// Begins to write the log of a cluster.
    ///
    /// @param missing which records the intake does not have any more; null when it has all
    /// @throws RuntimeException when its key cannot be used
    OwnedLog open(ClusterRef cluster, @Nullable String missing) {
        String origin = config.origin() + "/" + cluster.uid();
        SigningKey key = keys.signingKey(cluster.uid(), origin);
        LogReport report = new LogReport(cluster.uid(), watchdog, metrics, missing);
        AtomicReference<@Nullable OwnedLog> opened = new AtomicReference<>();
        ClusterLedger ledger =
                new ClusterLedger(
                        cluster,
                        storage,
                        new ClusterLedger.Limits(
                                config.batchCount(),
                                config.batchContentBytes(),
                                config.blobCacheBytes()),
                        new Told(report, opened));
        OwnedLog log =
                new OwnedLog(
                        cluster.uid(),
                        ledger,
                        new CheckpointSigner(
                                new PgSignedLog(cluster, origin, places),
                                origin,
                                key,
                                InstantSource.system()),
                        publisher::publishSome,
                        report,
                        config.checkpointDelay());
        opened.set(log);
        log.start();
        return log;
    }

    /// Passes on what a ledger tells.
    private record Told(LogReport report, AtomicReference<@Nullable OwnedLog> opened)
            implements ClusterLedger.LedgerListener {
        @Override
        public void stored(Batch batch, RecorderState state) {
            report.stored(batch, state);
            OwnedLog log = opened.get();
            if (log != null) {
                log.stored();
            }
        }

        @Override
        public void stopped(String why) {
            report.notRecorded(why);
        }
    }
}
