package dev.driftledger.service;

import dev.driftledger.event.CheckpointGuard;
import dev.driftledger.ledger.HashReader;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.LogStore;
import dev.driftledger.store.StoredCheckpoint;
import dev.driftledger.store.StoredLog;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One log in PostgreSQL and its checkpoints in Kafka.
///
/// @param places of all logs
record PgSignedLog(ClusterRef cluster, String origin, Places places) implements SignedLog {
    /// Where all logs are.
    ///
    /// @param waitMax how long the database may take to answer
    record Places(LogStore logs, LogFilesStore files, CheckpointGuard guard, Duration waitMax) {}

    @Override
    public @Nullable String takeOver() {
        return places.guard().takeOver(origin);
    }

    @Override
    public void remember(String checkpointText) {
        places.guard().remember(origin, checkpointText);
    }

    @Override
    public void release() {
        places.guard().release(origin);
    }

    @Override
    public StoredLog load() {
        return wait(places.logs().load(cluster, origin));
    }

    @Override
    public List<Digest> rehash(long from, long to) {
        return wait(places.logs().rehash(cluster.uid(), from, to));
    }

    @Override
    public HashReader hashes(Set<HashReader.Place> needed) {
        return wait(places.files().hashes(cluster.uid(), needed));
    }

    @Override
    public void save(StoredCheckpoint checkpoint) {
        Void _ = wait(places.logs().saveCheckpoint(cluster.uid(), checkpoint));
    }

    private <T> T wait(Uni<T> answer) {
        return answer.await().atMost(places.waitMax());
    }
}
