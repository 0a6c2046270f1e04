package dev.driftledger.service;

import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.StateChange;
import dev.driftledger.store.AppendOutcome;
import dev.driftledger.store.Batch;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.LogStore;
import dev.driftledger.store.Outage;
import dev.driftledger.store.StoredLog;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps logs in PostgreSQL. Every call waits for its answer as long as the configuration says.
@Singleton
final class PgLogStorage implements LogStorage {
    private final LogStore logs;
    private final LogFilesStore files;
    private final ServiceConfig config;

    PgLogStorage(LogStore logs, LogFilesStore files, ServiceConfig config) {
        this.logs = logs;
        this.files = files;
        this.config = config;
    }

    @Override
    public List<ClusterRef> clusters() {
        return wait("asking which logs there are", logs.clusters(), config.askWaitMax());
    }

    @Override
    public StoredLog load(ClusterRef cluster) {
        String origin = config.origin() + "/" + cluster.uid();
        return wait("loading the log's head", logs.load(cluster, origin), config.storeWaitMax());
    }

    @Override
    public void rename(ClusterRef cluster) {
        Void _ = wait("renaming the log", logs.rename(cluster), config.askWaitMax());
    }

    @Override
    public List<StateChange> loadState(StoredLog log) {
        return wait(
                "loading the recorder's state",
                logs.loadState(log).collect().asList(),
                config.loadWaitMax());
    }

    @Override
    public AppendOutcome append(Batch batch) {
        return wait("appending to the log", logs.append(batch), config.storeWaitMax());
    }

    @Override
    public byte @Nullable [] blob(Digest digest) {
        return wait("reading a blob", files.blob(digest), config.storeWaitMax())
                .map(blob -> blob.content().bytes())
                .orElse(null);
    }

    @Override
    public long storedUpTo(int partition) {
        return wait("asking for the stored offset", logs.storedUpTo(partition), config.askWaitMax())
                .orElse(0L);
    }

    private static <T> T wait(String what, Uni<T> answer, Duration waitMax) {
        try {
            return answer.await().atMost(waitMax);
        } catch (RuntimeException e) {
            throw Outage.isOne(e)
                    ? new StoreAwayException(what, e)
                    : new StoreRefusedException(what, e);
        }
    }
}
