package dev.driftledger.service;

import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.StateChange;
import dev.driftledger.store.AppendOutcome;
import dev.driftledger.store.Batch;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.LogStore;
import dev.driftledger.store.StoredLog;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps logs in PostgreSQL. Every call waits at most half a minute for its answer.
@Singleton
final class PgLogStorage implements LogStorage {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration ASK_MAX = Duration.ofSeconds(5);
    private static final Duration LOAD_WAIT_MAX = Duration.ofMinutes(5);

    private final LogStore logs;
    private final LogFilesStore files;
    private final String originPrefix;

    PgLogStorage(LogStore logs, LogFilesStore files, ServiceConfig config) {
        this.logs = logs;
        this.files = files;
        this.originPrefix = config.origin();
    }

    @Override
    public StoredLog load(ClusterRef cluster) {
        String origin = originPrefix + "/" + cluster.uid();
        return wait("loading the log's head", logs.load(cluster, origin), WAIT_MAX);
    }

    @Override
    public List<StateChange> loadState(StoredLog log) {
        return wait(
                "loading the recorder's state",
                logs.loadState(log).collect().asList(),
                LOAD_WAIT_MAX);
    }

    @Override
    public AppendOutcome append(Batch batch) {
        return wait("appending to the log", logs.append(batch), WAIT_MAX);
    }

    @Override
    public byte @Nullable [] blob(Digest digest) {
        return wait("reading a blob", files.blob(digest), WAIT_MAX)
                .map(blob -> blob.content().bytes())
                .orElse(null);
    }

    @Override
    public @Nullable Long storedUpTo(int partition) {
        return wait("asking for the stored offset", logs.storedUpTo(partition), ASK_MAX)
                .orElse(null);
    }

    private static <T> T wait(String what, Uni<T> answer, Duration waitMax) {
        try {
            return answer.await().atMost(waitMax);
        } catch (RuntimeException e) {
            throw new StoreAwayException(what, e);
        }
    }
}
