package dev.driftledger.service;

import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.HashReader;
import dev.driftledger.ledger.Integration;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.store.StoredCheckpoint;
import dev.driftledger.store.StoredLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A log of fewer than 256 entries in memory, and what is remembered of it.
final class MemorySignedLog implements SignedLog {
    static final ClusterRef CLUSTER = new ClusterRef("c-one", "one");
    static final String ORIGIN = "test/log/c-one";

    private volatile List<Digest> leaves = List.of();
    private volatile @Nullable String remembered;
    private volatile @Nullable StoredCheckpoint saved;
    private volatile boolean answersRehash = true;

    void remembers(@Nullable String text) {
        remembered = text;
    }

    @Nullable String remembered() {
        return remembered;
    }

    long savedSize() {
        StoredCheckpoint last = saved;
        return last == null ? -1 : last.size();
    }

    /// So many entries, each of them with this word in it; what was there is gone.
    void holds(int count, String word) {
        List<Digest> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(Digest.of((word + i).getBytes(StandardCharsets.UTF_8)));
        }
        leaves = List.copyOf(made);
    }

    void answersRehash(boolean answers) {
        answersRehash = answers;
    }

    @Override
    public @Nullable String takeOver() {
        return remembered;
    }

    @Override
    public void remember(String checkpointText) {
        remembered = checkpointText;
    }

    @Override
    public void release() {}

    @Override
    public StoredLog load() {
        Frontier frontier = Integration.append(Frontier.EMPTY, leaves).frontier();
        return new StoredLog(CLUSTER, ORIGIN, 0, frontier.size() - 1, null, frontier, saved);
    }

    @Override
    public List<Digest> rehash(long from, long to) {
        if (!answersRehash) {
            throw new IllegalStateException("no answer in time");
        }
        return List.copyOf(leaves.subList((int) from, (int) to));
    }

    @Override
    public HashReader hashes(Set<HashReader.Place> needed) {
        return (_, index) -> leaves.get((int) index);
    }

    @Override
    public void save(StoredCheckpoint checkpoint) {
        saved = checkpoint;
    }
}
