package dev.driftledger.service;

import dev.driftledger.intake.StoredOffsets;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.Integration;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.RecorderState;
import dev.driftledger.recorder.StateChange;
import dev.driftledger.store.AppendOutcome;
import dev.driftledger.store.Batch;
import dev.driftledger.store.Leaf;
import dev.driftledger.store.StoredLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One log in memory, which fails as often and in the way that a test wants.
final class MemoryStorage implements LogStorage {
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, StateChange> rows = new TreeMap<>();
    private final Map<Digest, byte[]> blobs = new HashMap<>();
    private List<ClusterRef> clusters = List.of();
    private Frontier frontier = Frontier.EMPTY;
    private long offset = -1;
    private int appendsCount;

    /// A ledger that writes to a storage and tells nobody.
    static ClusterLedger ledger(ClusterRef cluster, LogStorage storage) {
        return ledger(cluster, storage, new ArrayList<>());
    }

    /// A ledger that says in a list why it stopped.
    static ClusterLedger ledger(ClusterRef cluster, LogStorage storage, List<String> stopped) {
        return new ClusterLedger(
                cluster,
                storage,
                new ClusterLedger.Limits(10, 1 << 20, 1 << 20),
                new ClusterLedger.LedgerListener() {
                    @Override
                    public void stored(Batch batch, RecorderState state) {}

                    @Override
                    public void stopped(String why) {
                        stopped.add(why);
                    }
                });
    }

    /// The next append fails so.
    void failNext(RuntimeException failure) {
        failures.add(failure);
    }

    /// The log was made up to this offset only, as in a copy that is older.
    void goBackTo(long before) {
        offset = before;
    }

    void hasLogsOf(ClusterRef... known) {
        clusters = List.of(known);
    }

    List<Entry> entries() {
        return entries;
    }

    int appendsCount() {
        return appendsCount;
    }

    @Override
    public List<ClusterRef> clusters() {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return clusters;
    }

    @Override
    public StoredLog load(ClusterRef cluster) {
        return new StoredLog(cluster, "test/" + cluster.uid(), 0, offset, null, frontier, null);
    }

    @Override
    public void rename(ClusterRef cluster) {}

    @Override
    public Iterable<StateChange> loadState(StoredLog log) {
        return List.copyOf(rows.values());
    }

    @Override
    public AppendOutcome append(Batch batch) {
        appendsCount++;
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        batch.leaves().forEach(leaf -> entries.add(leaf.entry()));
        batch.changes().forEach(row -> rows.put(row.part() + "/" + row.key(), row));
        rows.values().removeIf(row -> row.value() == null);
        batch.blobs().forEach((digest, blob) -> blobs.put(digest, blob.content().bytes()));
        frontier =
                Integration.append(frontier, batch.leaves().stream().map(Leaf::hash).toList())
                        .frontier();
        offset = batch.newOffset();
        return new AppendOutcome.Appended(batch.newSize());
    }

    @Override
    public byte @Nullable [] blob(Digest digest) {
        return blobs.get(digest);
    }

    @Override
    public StoredOffsets storedUpTo(int partition) {
        return new StoredOffsets(offset + 1, offset + 1);
    }
}
