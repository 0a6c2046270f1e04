package dev.driftledger.service;

import dev.driftledger.intake.Received;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.Integration;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.BlobSource;
import dev.driftledger.recorder.ContentBytes;
import dev.driftledger.recorder.Decision;
import dev.driftledger.recorder.Recorder;
import dev.driftledger.recorder.RecorderState;
import dev.driftledger.recorder.StateChange;
import dev.driftledger.store.Batch;
import dev.driftledger.store.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One log's newest end in memory: the recorder's state, the tree's frontier and the position in
/// the intake. It belongs to one thread. Once a batch that it decided is not stored it is
/// worthless: drop it and load again.
final class LogHead {
    private final ClusterRef cluster;
    private final RecorderState state;
    private final long batchBytes;
    private Frontier frontier;
    private long intakeOffset;

    /// @param batchBytes content in one batch beyond which it ends
    LogHead(RecorderState state, Frontier frontier, long intakeOffset, long batchBytes) {
        this.cluster = state.cluster();
        this.state = state;
        this.batchBytes = batchBytes;
        this.frontier = frontier;
        this.intakeOffset = intakeOffset;
    }

    RecorderState state() {
        return state;
    }

    Frontier frontier() {
        return frontier;
    }

    long intakeOffset() {
        return intakeOffset;
    }

    /// Decides about records and moves on behind them, up to [#intakeOffset()]: about fewer than
    /// given when their content is large.
    ///
    /// @param records of this cluster and one partition, in order; what is stored already is
    ///     skipped
    /// @param stored looks up content that earlier batches stored
    /// @return null when nothing was new
    /// @throws UndecidableException when the recorder failed on one of them
    @Nullable Batch decide(List<Received> records, BlobSource stored) {
        long expected = intakeOffset;
        List<Leaf> leaves = new ArrayList<>();
        List<StateChange> changes = new ArrayList<>();
        SortedMap<Digest, Decision.Blob> blobs = new TreeMap<>();
        BlobSource all = digest -> inBatchOr(blobs, stored, digest);
        int partition = -1;
        long bytes = 0;
        for (Received received : records) {
            if (received.offset() <= intakeOffset) {
                continue;
            }
            if (bytes > batchBytes) {
                break;
            }
            Decision decision = decide(received, all);
            for (Entry entry : decision.entries()) {
                Leaf leaf = leaf(entry);
                leaves.add(leaf);
                bytes += leaf.bytes().bytes().length;
            }
            changes.addAll(decision.changes());
            blobs.putAll(decision.blobs());
            for (Decision.Blob blob : decision.blobs().values()) {
                bytes += blob.content().bytes().length;
            }
            intakeOffset = received.offset();
            partition = received.partition();
        }
        return partition < 0 ? null : batch(partition, expected, leaves, blobs, changes);
    }

    private Decision decide(Received received, BlobSource blobs) {
        try {
            return Recorder.decide(state, received.delivery(), blobs);
        } catch (BlobSource.UnavailableException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new UndecidableException(received, e);
        }
    }

    private Batch batch(
            int partition,
            long expected,
            List<Leaf> leaves,
            SortedMap<Digest, Decision.Blob> blobs,
            List<StateChange> changes) {
        long firstIndex = frontier.size();
        Integration integration =
                Integration.append(frontier, leaves.stream().map(Leaf::hash).toList());
        frontier = integration.frontier();
        return new Batch(
                cluster,
                partition,
                expected,
                intakeOffset,
                firstIndex,
                leaves,
                integration.completed(),
                blobs,
                changes);
    }

    private static Leaf leaf(Entry entry) {
        byte[] bytes = entry.bytes();
        return new Leaf(entry, new ContentBytes(bytes), Hashing.leaf(bytes));
    }

    private static byte @Nullable [] inBatchOr(
            SortedMap<Digest, Decision.Blob> blobs, BlobSource stored, Digest digest) {
        Decision.Blob blob = blobs.get(digest);
        return blob == null ? stored.find(digest) : blob.content().bytes();
    }
}
